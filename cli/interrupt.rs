//! Ctrl-C and `kill`: the file that is being written is finished first, and the last word is said in the user's language.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// Read by whoever writes a file, written by whoever ends the program.
static WRITING: RwLock<()> = RwLock::new(());

/// While this is held, the program is not ended by a signal.
pub fn not_now() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

/// From now on a signal waits for the file that is being written. Whoever waits for the program sees that a signal has
/// ended it, as scripts need to know.
#[cfg(unix)]
pub fn wait_for_files(language: tthc_compiler::diagnostic::Language) {
    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    // Where files may not grow any more a write fails and is said, instead of ending the program with half a file.
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::<std::sync::atomic::AtomicBool>::default());
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let _whole = WRITING.write().unwrap_or_else(PoisonError::into_inner);
            let said = tthc_compiler::diagnostic::say(
                "đã dừng giữa chừng; tệp nào đã viết thì trọn vẹn",
                "stopped halfway; files that have been written are whole",
            );
            eprintln!("{}", said.in_language(language));
            // Fails for a signal that has no usual way to end a program: these have.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// Elsewhere what is being written keeps its other name.
#[cfg(not(unix))]
pub fn wait_for_files(_: tthc_compiler::diagnostic::Language) {}
