//! What is none of a process's business changes nothing that is said of it.

use crate::generate::{Generator, Random};
use crate::programs::{hold, judged, project, projects, verdict};
use proptest::prelude::*;

/// The text with comments and blank lines between its lines.
fn commented(text: &str, random: &mut Random) -> String {
    const LINES: [&str; 5] =
        ["\n", "// bước 9 \"x\" do v trong 9 ngày\n", "/* thời hạn: 1 phút\n { */\n", "  \t\n", "//\n"];
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        if random.chance(20) {
            out.push_str(LINES[random.below(LINES.len())]);
        }
        out.push_str(line);
    }
    out
}

#[test]
fn comments_and_blank_lines_change_no_verdict() {
    hold(|sample| {
        let text = commented(&sample.program.text(), &mut Random(sample.random));
        prop_assert_eq!(judged(&sample.program), verdict(&sample.program, &project(&text)), "{}", text);
        Ok(true)
    });
}

#[test]
fn another_procedure_in_another_file_changes_no_verdict() {
    hold(|sample| {
        let other = Generator::program(&mut Random(sample.random)).text();
        let other = other
            .replace("cơ quan A \"Sở A\"", "cơ quan B \"Sở B\"")
            .replace("cơ quan thực hiện: A", "cơ quan thực hiện: B");
        let other = other.replace("thủ tục t \"Thủ tục\"", "thủ tục u \"Thủ tục khác\"");
        let text = sample.program.text();
        // Behind it, so that the process stays the first one.
        let both = projects(&[("t.tthc", &text), ("u.tthc", &other)]);
        prop_assert_eq!(judged(&sample.program), verdict(&sample.program, &both), "{}\n{}", text, other);
        Ok(true)
    });
}
