//! How fast files are read: parsing beside what any reader must at least do with the bytes.
//! `cargo bench -p tthc-grammar`

use divan::{Bencher, black_box, counter::BytesCount};
use tthc_grammar::text::Text;

/// About a megabyte of the sample files, as one file.
fn corpus() -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tthc"))
        .collect();
    paths.sort();
    let once: Vec<u8> = paths.iter().filter_map(|path| std::fs::read(path).ok()).flatten().collect();
    once.repeat((1 << 20) / once.len().max(1) + 1)
}

fn main() {
    divan::main();
}

/// Every byte once: what memory gives.
#[divan::bench]
fn a_read_the_bytes(bencher: Bencher) {
    let bytes = corpus();
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench(|| black_box(&bytes).iter().map(|byte| u64::from(*byte)).sum::<u64>());
}

#[divan::bench]
fn b_validate_utf8(bencher: Bencher) {
    let bytes = corpus();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| std::str::from_utf8(black_box(&bytes)).is_ok());
}

/// Decoding with the search for marks and invisible characters.
#[divan::bench]
fn c_text(bencher: Bencher) {
    let bytes = corpus();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| Text::new(black_box(&bytes)));
}

#[divan::bench(sample_count = 20)]
fn d_text_and_parse(bencher: Bencher) {
    let bytes = corpus();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| tthc_grammar::parse(&Text::new(black_box(&bytes))));
}
