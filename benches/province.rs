//! Writes a generated province to a folder: `cargo run --release --example province -- FOLDER [FILES] [BYTES] [SEED]`.

mod generator;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let mut number = |otherwise: u64| arguments.next().map_or(Ok(otherwise), |text| text.parse());
    let (files, bytes, seed) = (number(5_000)?, number(4_096)?, number(1_582)?);
    let mut written = 0;
    for file in generator::files(seed, files as usize, bytes as usize) {
        let path = Path::new(&folder).join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(&folder)))?;
        fs::write(path, &file.text)?;
        written += 1;
    }
    fs::write(Path::new(&folder).join("tthc.toml"), "")?;
    println!("{written} files, seed {seed}");
    Ok(())
}
