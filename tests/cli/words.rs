//! Commands that talk about the program itself: `explain`, `new`, `schema`, `completions`, help.

use crate::Place;

#[test]
fn explain_prints_the_page() {
    let place = Place::empty();
    let run = place.tthc(&["explain", "t101"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("T101 unknown-name (lỗi): Tên không có\n\nSai ở đâu. "), "{}", run.out);
    assert!(run.out.contains("\nVí dụ sai:\n\n    cơ quan SXD"), "{}", run.out);
    assert!(run.out.contains("\nSửa thành:\n\n    cơ quan SXD"), "{}", run.out);
    let run = place.tthc(&["explain", "unknown-name", "--lang", "en"]);
    assert!(run.out.starts_with("T101 unknown-name (error): Unknown name\n\nWhat is wrong. "), "{}", run.out);
}

#[test]
fn explain_lists_and_suggests() {
    let place = Place::empty();
    let list = place.tthc(&["explain"]);
    assert_eq!(list.status, 0);
    assert!(list.out.lines().any(|line| line.starts_with("T105  import ") && line.ends_with("không lấy được")));
    let run = place.tthc(&["explain", "T1011"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("lỗi: không có quy tắc 'T1011'; có phải là T101"), "{}", run.err);
    let run = place.tthc(&["explain", "gì-vậy-nhỉ", "--lang", "en"]);
    assert_eq!(run.err, "error: there is no rule 'gì-vậy-nhỉ'; for the list: tthc explain\n");
}

#[test]
fn a_new_project_is_clean_and_formatted() {
    let place = Place::empty();
    let run = place.tthc(&["new", "Dự án mẫu"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    let names = ["chung", "thủ_tục", "tthc.toml"];
    assert_eq!(place.names("Dự án mẫu"), names);
    let run = place.tthc(&["check", "Dự án mẫu", "--deny", "warnings"]);
    assert_eq!((run.status, run.out.as_str()), (0, "2 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
    let run = place.tthc(&["fmt", "--check", "Dự án mẫu"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    let run = place.tthc(&["build", "Dự án mẫu", "--out", "out"]);
    assert_eq!(run.status, 0);
    assert!(run.err.ends_with("đã ghi 1 tệp vào out\n"), "{}", run.err);
}

#[test]
fn new_overwrites_nothing() {
    let place = Place::with("có rồi/gì đó.txt", "của tôi");
    let run = place.tthc(&["new", "có rồi"]);
    assert_eq!((run.status, run.err.as_str()), (2, "lỗi: 'có rồi' đã có và không trống\n"));
    assert_eq!(place.names("có rồi"), ["gì đó.txt"]);
    let run = place.tthc(&["new", "có rồi/gì đó.txt"]);
    assert_eq!(run.status, 2);
    assert_eq!(place.read("có rồi/gì đó.txt"), "của tôi");
}

#[test]
fn schema_is_json_schema() {
    let place = Place::empty();
    let schema = place.tthc(&["schema"]).json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(place.tthc(&["schema", "--target", "x"]).status, 2);
}

#[test]
fn completions_for_every_shell() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = place.tthc(&["completions", shell]);
        assert_eq!(run.status, 0);
        for command in ["check", "build", "explain"] {
            assert!(run.out.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn help_is_vietnamese() {
    let place = Place::empty();
    let run = place.tthc(&["check", "--help"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Cách dùng: tthc check [tùy chọn] [ĐƯỜNG DẪN]...\n"), "{}", run.out);
    for english in ["Options:", "Arguments:", "Usage", "possible values", "default:"] {
        assert!(!run.out.contains(english), "{english}: {}", run.out);
    }
    assert!(place.tthc(&["--version"]).out.starts_with("tthc 0."));
}

#[test]
fn help_follows_the_language() {
    let place = Place::empty();
    let all = place.tthc(&["--lang", "en", "--help"]);
    assert!(all.out.contains("Usage: tthc [OPTIONS] <COMMAND>\n"), "{}", all.out);
    let commands: Vec<&str> = all
        .out
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        // What is for a command may go on in a second line.
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 14, "{commands:?}");
    // Of the language itself only amounts of time are quoted.
    let english = |text: &str| text.lines().all(|line| line.is_ascii() || line.contains("làm việc\""));
    assert!(english(&all.out), "{}", all.out);
    for command in commands {
        let help = place.tthc(&[command, "--help", "--lang=en"]);
        assert!(help.status == 0 && english(&help.out) && help.out.contains("Usage: "), "{command}: {}", help.out);
        // What an argument is for stands beside it or on the next line.
        let lines: Vec<&str> = help.out.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0].trim_start().starts_with(['-', '<', '['])) {
            let own = pair[0].trim().contains("  ");
            assert!(own || pair[1].starts_with("          "), "{command} says nothing of {}", pair[0]);
        }
    }
}

#[test]
fn what_can_be_chosen_is_in_the_help() {
    let place = Place::empty();
    for (command, names) in [("build", ["json", "opencps", "bpmn-engine"]), ("import", ["csv", "epar", "bpmn"])] {
        for language in ["vi", "en"] {
            let help = place.tthc(&[command, "--help", "--lang", language]).out;
            assert!(names.iter().all(|name| help.contains(name)), "{command}: {help}");
        }
    }
    let run = place.tthc(&["build", "--out", "x", "--target", "camunda"]);
    assert!(
        run.err
            .starts_with("lỗi: không có đích 'camunda'; có phải là 'camunda7', 'camunda8'? Các đích hiện có: json ("),
        "{}",
        run.err
    );
}
