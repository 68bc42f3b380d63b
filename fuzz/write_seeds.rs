//! Writes what the fuzzers begin with: `cargo run --example seeds -- FOLDER`.

#[path = "src/lib.rs"]
mod properties;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("where to?"))?;
    let (folder, root) = (Path::new(&folder), Path::new(env!("CARGO_MANIFEST_DIR")));
    for (name, _) in properties::ALL {
        let corpus = folder.join(name);
        fs::create_dir_all(&corpus)?;
        for (number, seed) in properties::seeds::of(name, root)?.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{number}")), seed)?;
        }
        fs::write(folder.join(format!("{name}.dict")), properties::seeds::dictionary(name, root)?)?;
    }
    Ok(())
}
