//! A progress bar, for runs that take long enough to make one wonder.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;
use tthc_compiler::diagnostic::{Language, say};

/// Nothing is drawn before this time.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts files that are read, then turns until what follows is done; drawn on a terminal only, cleared when
/// dropped.
pub struct Progress {
    bar: ProgressBar,
    /// Its end wakes the thread that waits to draw.
    alive: Option<(Sender<()>, std::thread::JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait for files.
    pub fn start(language: Language) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if !std::io::stderr().is_terminal() {
            return Progress { bar, alive: None };
        }
        let unit = say("tệp", "files");
        let template = format!("{{spinner}} {{bar:30}} {{pos}}/{{len}} {}", unit.in_language(language));
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        let (sender, receiver) = mpsc::channel();
        let drawn = bar.clone();
        let waiting = std::thread::spawn(move || {
            if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                drawn.set_draw_target(ProgressDrawTarget::stderr());
                drawn.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Progress { bar, alive: Some((sender, waiting)) }
    }

    /// So many files more are to be read.
    pub fn expect(&self, files: usize) {
        self.bar.inc_length(files as u64);
    }

    /// One file more is read.
    pub fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, waiting)) = self.alive.take() {
            drop(sender);
            // A thread that panicked has drawn nothing worth mending.
            let _ = waiting.join();
            self.bar.finish_and_clear();
        }
    }
}
