//! Ways to damage a file.

use fastrand::Rng;
use std::ops::Range;

/// Put in anywhere: what begins, ends and joins, numbers that are none, and characters that nobody sees.
const PIECES: [&str; 36] = [
    "{",
    "}",
    "(",
    ")",
    "\"",
    "\\",
    "/*",
    "*/",
    "//",
    "->",
    ":",
    ",",
    "+",
    ".",
    "=",
    "≠",
    "=\u{338}",
    "≤",
    "0,5,5",
    "1.5",
    "99999999999999999999",
    "31/02/2025",
    "\u{301}",
    "\u{200D}",
    "\u{202E}",
    "\u{FEFF}",
    "\r\n",
    "\0",
    "khi ",
    "thủ tục ",
    "bước ",
    "nhánh ",
    "quay lại ",
    "tối đa 0 lần ",
    "chèn ",
    "dùng \"",
];

/// A text with one to four things done to it.
pub fn mutant(random: &mut Rng, text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..random.usize(1..=4) {
        damage(random, &mut bytes);
    }
    bytes
}

fn damage(random: &mut Rng, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        bytes.extend_from_slice(PIECES[random.usize(..PIECES.len())].as_bytes());
        return;
    }
    let at = random.usize(..bytes.len());
    match random.u8(..10) {
        0 => bytes[at] ^= 1 << random.u8(..8),
        1 => bytes.insert(at, random.u8(..)),
        2 => {
            let end = (at + random.usize(1..40)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => bytes.truncate(at),
        4 => {
            let piece = PIECES[random.usize(..PIECES.len())].bytes();
            drop(bytes.splice(at..at, piece));
        }
        5 => swap_tokens(random, bytes),
        6 => {
            let token = token_at(bytes, at);
            bytes.drain(token);
        }
        7 => {
            let lines = lines_at(random, bytes, at);
            bytes.drain(lines);
        }
        8 => {
            let lines = lines_at(random, bytes, at);
            let copy = bytes[lines.clone()].to_vec();
            drop(bytes.splice(lines.end..lines.end, copy));
        }
        _ => {
            let block = block_at(bytes, at);
            let copy = bytes[block].to_vec();
            let to = token_at(bytes, random.usize(..bytes.len())).start;
            drop(bytes.splice(to..to, copy));
        }
    }
}

/// The word around a place, between blanks.
fn token_at(bytes: &[u8], at: usize) -> Range<usize> {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let start = bytes[..at].iter().rposition(blank).map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(blank).map_or(bytes.len(), |after| at + after);
    start.min(end)..end
}

/// One to six lines.
fn lines_at(random: &mut Rng, bytes: &[u8], at: usize) -> Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1);
    let mut end = start;
    for _ in 0..random.usize(1..=6) {
        end = bytes[end..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |after| end + after + 1);
    }
    start..end
}

/// From the beginning of a line with `{` to the brace that closes it, or one line where there is none.
fn block_at(bytes: &[u8], at: usize) -> Range<usize> {
    let open = bytes[..at].iter().rposition(|byte| *byte == b'{').unwrap_or(at);
    let start = bytes[..open].iter().rposition(|byte| *byte == b'\n').map_or(0, |before| before + 1);
    let mut depth = 0i32;
    for (index, byte) in bytes.iter().enumerate().skip(open) {
        depth += i32::from(*byte == b'{') - i32::from(*byte == b'}');
        if depth == 0 {
            return start..index + 1;
        }
    }
    start..bytes.len()
}

fn swap_tokens(random: &mut Rng, bytes: &mut Vec<u8>) {
    let mut places = [0, 1].map(|_| token_at(bytes, random.usize(..bytes.len())));
    places.sort_by_key(|place| place.start);
    let [first, second] = places;
    if first.end <= second.start {
        let (one, other) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
        drop(bytes.splice(second, one));
        drop(bytes.splice(first, other));
    }
}
