//! Fixes of the flow are offered only where they mend.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn process(steps: &str) -> Project {
    let text = format!(
        "cơ quan A \"Sở A\" {{ vai trò v \"Chuyên viên\" }}
thủ tục t \"Thủ tục\" {{
  cơ quan thực hiện: A
  quy trình {{
{steps}
  }}
}}
"
    );
    Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default())
}

/// Titles of the fixes of a rule: those that could be offered, and those that are.
fn titles(project: &Project, code: &str) -> (Vec<String>, Vec<String>) {
    let of = |found: Vec<tthc_compiler::diagnostic::Diagnostic>| {
        let found = found.into_iter().filter(|diagnostic| diagnostic.code == code);
        found.flat_map(|diagnostic| diagnostic.fixes).map(|fix| fix.title.en).collect()
    };
    (of(project.check()), of(project.check_with_fixes()))
}

/// A branch that only ever stops the others never arrives at their join.
#[test]
fn a_fix_that_brings_up_another_defect_is_not_offered() {
    let branch = |outcomes: &str| {
        format!(
            "    song song s chờ tất cả {{
      nhánh x {{ bước a \"A\" do v trong 1 ngày làm việc {{ loại: thẩm định }} }}
      nhánh y {{
        bước b \"B\" do v trong 1 ngày làm việc {{
          loại: xem xét
          hướng xử lý {{
            {outcomes}
          }}
        }}
      }}
    }}
    bước c \"C\" do v không tính thời hạn {{ loại: trả kết quả }}"
        )
    };
    let stop = "Add “dừng mọi nhánh”".to_string();
    let (possible, offered) = titles(&process(&branch("trái -> kết thúc trả hồ sơ")), "T208");
    assert_eq!((possible, offered), (vec![stop.clone()], Vec::new()));
    let ends = "trái -> kết thúc trả hồ sơ\n            đúng -> tiếp";
    assert_eq!(titles(&process(&branch(ends)), "T208").1, [stop]);
}

#[test]
fn a_circle_is_given_a_bound() {
    let steps = "    bước a \"A\" do v trong 1 ngày làm việc { loại: thẩm định }
    bước b \"B\" do v trong 1 ngày làm việc {
      loại: xem xét
      hướng xử lý {
        đạt      -> tiếp
        chưa_đạt -> quay lại a
      }
    }
    bước c \"C\" do v không tính thời hạn { loại: trả kết quả }";
    let (_, offered) = titles(&process(steps), "T204");
    assert_eq!(offered, ["Write “tối đa 1 lần”", "Write “trong thời gian đã định”"]);
}

/// Where all that is left runs on to the next step, which the last line skips, that step must stay in some run.
#[test]
fn the_rest_goes_on() {
    let steps = "    bước a \"A\" do v trong 1 ngày làm việc {
      loại: thẩm định
      rẽ nhánh {
        khi lớn -> c
      }
    }
    bước b \"B\" do v trong 1 ngày làm việc { loại: xem xét }
    bước c \"C\" do v không tính thời hạn { loại: trả kết quả }";
    let text = process(steps).files[0]
        .source
        .text
        .parsed()
        .replace("  quy trình {", "  thông tin hồ sơ { lớn: có/không }\n  quy trình {");
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    assert_eq!(titles(&project, "T205").1, ["Write “còn lại -> tiếp”"]);
}

#[test]
fn a_dead_end_is_given_an_end() {
    let (_, offered) = titles(&process("    bước a \"A\" do v trong 1 ngày làm việc { loại: thẩm định }"), "T201");
    assert_eq!(offered, ["Write “kết thúc: trả kết quả”"]);
}

/// The text with its safe fixes of T001 applied, each time all that there are, until nothing more comes.
fn put_right(line: &str) -> String {
    let step = format!(
        "    bước 1 \"A\" do v trong 1 ngày làm việc {{
      hướng xử lý {{
        {line}
      }}
    }}
    bước 2 \"B\" do v không tính thời hạn {{ loại: trả kết quả }}"
    );
    let mut project = process(&step);
    for _ in 0..3 {
        let mut text = project.files[0].source.text.parsed().to_string();
        let found = project.check().into_iter().filter(|found| found.code == "T001");
        let mut edits: Vec<_> =
            found.flat_map(|found| found.fixes).filter(|fix| fix.safe).flat_map(|fix| fix.edits).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.place));
        for edit in edits {
            text.replace_range(edit.place.span.range(), &edit.text);
        }
        project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    }
    let text = project.files[0].source.text.parsed();
    let (_, block) = text.split_once("hướng xử lý {\n        ").unwrap();
    block.split_once("\n      }").unwrap().0.to_string()
}

#[test]
fn a_number_of_times_goes_behind_its_own_target() {
    for (line, mended) in [
        (
            "thiếu -> chờ bổ sung tối đa 1 lần rồi quay lại bước 1  đủ -> tiếp",
            "thiếu -> chờ bổ sung rồi quay lại bước 1 tối đa 1 lần  đủ -> tiếp",
        ),
        (
            "sai -> chờ bổ sung tối đa 1 lần rồi quay lại bước 1 // theo Điều 5",
            "sai -> chờ bổ sung rồi quay lại bước 1 tối đa 1 lần // theo Điều 5",
        ),
        (
            "xin -> chờ bổ sung tối đa 1 lần\n          rồi quay lại bước 1",
            "xin -> chờ bổ sung\n          rồi quay lại bước 1 tối đa 1 lần",
        ),
        ("đủ -> tiếp khi xa", "đủ khi xa -> tiếp"),
    ] {
        assert_eq!(put_right(line), mended);
    }
}

#[test]
fn what_cannot_all_be_read_is_not_moved() {
    for line in [
        "lẫn -> chờ bổ sung tối đa 1 lần rồi quay lại bước 1 tối đa 2 lần",
        "chậm -> chờ bổ sung tối đa 1 lần, tối đa 30 ngày rồi quay lại bước 1",
        "chậm -> chờ bổ sung tối đa 1 lần, tối đa 30 ngày\n          rồi quay lại bước 1",
        "lạ -> chờ bổ sung tối đa 1 lần rồi quay lại bước 1 gì đó",
        "đạt khi xa -> tiếp khi gần",
        "còn lại -> tiếp khi xa",
        "khi xa -> tiếp  khi lo thuộc (a, b) -> 2",
    ] {
        assert_eq!(put_right(line), line);
    }
}
