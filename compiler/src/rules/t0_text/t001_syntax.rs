//! T001: a statement that cannot be read.

use super::habits::{self, Spot};
use super::problems;
use crate::diagnostic::{Diagnostic, Edit, Fix, Message, Severity, say};
use crate::model::keys::list_of;
use crate::project::{ParsedFile, Project};
use crate::rules::labels::Labels;
use crate::rules::{Rule, words};
use crate::source::{FileId, Place};
use tthc_grammar::keywords::WORDS;
use tthc_grammar::names::fold;
use tthc_grammar::tree::*;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T001", name: "syntax", severity: Severity::Error, page: include_str!("t001_syntax.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let labels = Labels::of(project);
    for (place, kind) in problems(project) {
        let found = match kind {
            ProblemKind::Unreadable(expected) => unreadable(project, &labels, place, *expected),
            ProblemKind::Missing(expected) => missing(project, place, *expected),
            ProblemKind::StrayBrace => stray_brace(place),
            ProblemKind::NoSuchDate => no_such_date(project, place),
            ProblemKind::TooLargeNumber => Diagnostic::new(
                &RULE,
                place,
                say("Con số này lớn quá, không tính được", "This number is too large to count with"),
            ),
            ProblemKind::TimesInWait(behind) => times_in_wait(project, place, *behind),
            ProblemKind::Slip(slip, mended) => slip_of(place, *slip, mended.as_deref()),
            _ => continue,
        };
        out.push(found);
    }
    out.extend((0..).map(FileId).zip(&project.files).filter_map(|(file, parsed)| curly_quotes(file, parsed)));
}

fn unreadable(project: &Project, labels: &Labels<'_>, place: Place, expected: Expected) -> Diagnostic {
    let words_here = project.source(place.file).words(place.span);
    let home = home_of(project, place);
    let needed = words::expected(expected, home);
    let found = words::excerpt(words_here);
    let message = say(format!("Không hiểu “{found}” ở đây"), format!("“{found}” cannot be understood here"));
    let diagnostic = Diagnostic::new(&RULE, place, message);
    let spot = Spot::of(project, labels, place, expected, home);
    if let Some(advice) = habits::advice(&spot) {
        return advice.given(diagnostic, &spot);
    }
    if let Some(help) = name_with_blanks(project, place, expected) {
        return diagnostic.help(help);
    }
    if let Expected::Value(key) = expected
        && let Some(phrases) = home.and_then(|home| list_of(key, home))
        && let Some(near) = words::nearest(words_here, phrases)
    {
        let title = say(format!("Sửa thành “{near}”"), format!("Change to “{near}”"));
        let help = say(format!("Có phải ý là “{near}”?"), format!("Did you mean “{near}”?"));
        return diagnostic.help(help).fix(title, false, place, near);
    }
    let starts_something = !matches!(expected, Expected::StepHead | Expected::Duration | Expected::Names);
    match misspelled_keyword(words_here).filter(|_| starts_something && habits::begins(spot.before())) {
        Some((written, meant)) => {
            let end = place.span.start + written.len() as u32;
            let at = Place { span: Span { start: place.span.start, end }, ..place };
            diagnostic.help(say(format!("Có phải ý là “{meant}”?"), format!("Did you mean “{meant}”?"))).fix(
                say(format!("Sửa thành “{meant}”"), format!("Change to “{meant}”")),
                false,
                at,
                meant,
            )
        }
        None => diagnostic.help(say(format!("Ở đây cần {}", needed.vi), format!("Expected here: {}", needed.en))),
    }
}

/// Word turns all quotes of a text: that is one mistake.
fn curly_quotes(file: FileId, parsed: &ParsedFile) -> Option<Diagnostic> {
    let strings = parsed.tree.problems.iter().filter(|problem| problem.kind == ProblemKind::CurlyQuotes);
    let places: Vec<Place> = strings.map(|problem| Place { file, span: problem.span }).collect();
    let first = *places.first()?;
    let straight = |place: &Place| {
        let words = parsed.source.words(place.span);
        let inside = words.trim_matches(['“', '”', '„', '"']);
        Edit { place: *place, text: format!("\"{}\"", inside.replace('\\', "\\\\")) }
    };
    let count = places.len();
    let (vi, en) = match count {
        1 => (String::new(), String::new()),
        _ => (format!("; trong tệp này có {count} chỗ"), format!("; there are {count} such texts in this file")),
    };
    let mut found =
        Diagnostic::new(&RULE, first, say("Dấu nháy “…” này là của Word", "These quotes “…” are those of Word")).help(
            say(
                format!("Chuỗi đặt trong dấu nháy thẳng \"…\"{vi}"),
                format!("Texts stand in straight quotes \"…\"{en}"),
            ),
        );
    let title = say("Đổi thành dấu nháy thẳng", "Make them straight");
    found.fixes.push(Fix { title, safe: true, edits: places.iter().map(straight).collect() });
    Some(found)
}

/// The kind of the block in which something stands.
fn home_of(project: &Project, place: Place) -> Option<DeclarationKind> {
    project.file(place.file).tree.around(place.span).last().map(|declaration| declaration.kind)
}

/// The first words, if they are nearly a keyword that begins a statement, with what is meant.
fn misspelled_keyword(words: &str) -> Option<(&str, String)> {
    const STARTS: [&str; 12] = [
        "bước",
        "thủ tục",
        "cơ quan",
        "giai đoạn",
        "song song",
        "nhánh",
        "hướng xử lý",
        "rẽ nhánh",
        "quy trình",
        "vai trò",
        "bộ phận",
        "phần dùng chung",
    ];
    STARTS.into_iter().filter(|keyword| WORDS.iter().any(|(_, phrase)| phrase == keyword)).find_map(|keyword| {
        let count = keyword.split(' ').count();
        let end = words.match_indices(' ').map(|(at, _)| at).nth(count - 1).unwrap_or(words.len());
        let written = &words[..end];
        // `bước4`
        let (letters, number) = written.split_at(written.find(|c: char| c.is_ascii_digit()).unwrap_or(end));
        let distance = strsim::damerau_levenshtein(&fold(letters).to_lowercase(), &fold(keyword));
        (written != keyword && distance <= keyword.chars().count() / 4 && written.lines().count() == 1)
            .then(|| (written, format!("{keyword} {number}").trim_end().to_string()))
    })
}

/// What stands before a place on its line.
fn before(project: &Project, place: Place) -> &str {
    let text = project.source(place.file).text.parsed();
    let before = text.get(..place.span.start as usize).unwrap_or_default();
    &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..]
}

fn missing(project: &Project, place: Place, expected: Expected) -> Diagnostic {
    let needed = words::expected(expected, home_of(project, place));
    let message = say(format!("Ở đây thiếu {}", needed.vi), format!("Missing here: {}", needed.en));
    let found = Diagnostic::new(&RULE, place, message);
    match name_with_blanks(project, place, expected) {
        Some(help) => found.help(help),
        None => habits::put_in(found, project, expected),
    }
}

fn name_with_blanks(project: &Project, place: Place, expected: Expected) -> Option<Message> {
    let line = project.source(place.file).line(place.span.start);
    habits::name_with_blanks(line).filter(|_| expected == Expected::ArrowSign)
}

fn stray_brace(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, say("Dấu “}” này không đóng khối nào", "This “}” closes nothing")).help(say(
        "Bỏ dấu này, hoặc thêm dấu “{” còn thiếu ở phía trên",
        "Take it out, or add the “{” that is missing above",
    ))
}

fn no_such_date(project: &Project, place: Place) -> Diagnostic {
    let date = project.source(place.file).words(place.span);
    if let Some((full, false)) = habits::vietnamese_date(date) {
        let message = say(
            format!("Năm của ngày {date} phải viết đủ bốn chữ số"),
            format!("The year of {date} must have all four digits"),
        );
        let title = say(format!("Viết là {full}"), format!("Write {full}"));
        return Diagnostic::new(&RULE, place, message).fix(title, false, place, full);
    }
    Diagnostic::new(&RULE, place, say(format!("Không có ngày {date} trong lịch"), format!("There is no day {date}")))
        .help(say("Ngày viết là ngày/tháng/năm, ví dụ 30/11/2025", "Dates are day/month/year, such as 30/11/2025"))
}

fn slip_of(place: Place, slip: Slip, mended: Option<&str>) -> Diagnostic {
    let text = mended.unwrap_or_default();
    let (message, title): (Message, Message) = match slip {
        Slip::GuardAfterTarget => (
            say("Điều kiện “khi …” phải đứng trước dấu “->”", "The condition “khi …” stands before “->”"),
            say("Đưa điều kiện lên trước", "Put the condition first"),
        ),
        Slip::MissingPlus => (
            say("Các khoảng thời gian cộng với nhau bằng dấu “+”", "Durations are added with “+”"),
            say("Thêm dấu “+”", "Add “+”"),
        ),
        Slip::MissingFrom => (
            say("Thiếu chữ “từ” trước ngày bắt đầu", "“từ” is missing before the first day"),
            say("Thêm “từ”", "Add “từ”"),
        ),
        Slip::MixedPerformers => (
            say(
                "“và”, “,” đi lẫn với “hoặc” thì phải có ngoặc để biết ai làm cùng ai",
                "“và” or “,” mixed with “hoặc” needs parentheses to say who acts with whom",
            ),
            say(format!("Thêm ngoặc: {text}"), format!("Add parentheses: {text}")),
        ),
        Slip::MissingColon => (
            say("Thiếu dấu “:” giữa tên mục và giá trị", "“:” is missing between key and value"),
            say("Thêm dấu “:”", "Add “:”"),
        ),
        Slip::NameInWords => (
            say("Tên viết liền, nối bằng dấu gạch dưới", "A name is one word, joined by underscores"),
            say(format!("Viết là {text}"), format!("Write {text}")),
        ),
        Slip::LabelAsName => (
            say("Đây là tên gọi; trước nó còn thiếu tên", "This is a label; the name before it is missing"),
            Message::default(),
        ),
        Slip::Capital => (
            say(
                format!("Giá trị viết bằng chữ thường: {text}"),
                format!("The value is written in small letters: {text}"),
            ),
            say(format!("Viết là {text}"), format!("Write {text}")),
        ),
        Slip::Misplaced => (say("Đặt sai chỗ", "Out of place"), say("Sửa", "Mend")),
    };
    let found = Diagnostic::new(&RULE, place, message);
    match mended {
        // Parentheses decide who acts with whom: only the user may choose.
        Some(mended) => found.fix(title, slip != Slip::MixedPerformers, place, mended),
        None if slip == Slip::LabelAsName => found.help(say(
            "Viết tên ngắn, liền, rồi tên gọi trong dấu nháy, ví dụ: cơ quan SCT \"Sở Công Thương\"",
            "Write a short name of one word and then the label in quotes, such as: cơ quan SCT \"Sở Công Thương\"",
        )),
        None => found,
    }
}

/// `chờ bổ sung tối đa 1 lần rồi quay lại X` → `chờ bổ sung rồi quay lại X tối đa 1 lần`
fn times_in_wait(project: &Project, place: Place, behind: Option<u32>) -> Diagnostic {
    let message = say(
        "Số lần viết sau nơi đi tiếp; ngay sau “chờ bổ sung” là thời hạn chờ",
        "The number of times stands behind the target; behind “chờ bổ sung” stands how long to wait",
    );
    let mut found = Diagnostic::new(&RULE, place, message);
    // What cannot be read behind the target may belong to it.
    let Some(behind) = behind.filter(|behind| !is_unread(project, place, *behind)) else { return found };
    let blanks = before(project, place).chars().rev().take_while(|c| matches!(c, ' ' | '\t')).count() as u32;
    let edit = |start, end, text| Edit { place: Place { span: Span { start, end }, ..place }, text };
    let times = project.source(place.file).words(place.span);
    let gone = edit(place.span.start - blanks, place.span.end, String::new());
    let title = say("Đưa số lần ra sau nơi đi tiếp", "Put the number of times behind the target");
    found.fixes.push(Fix { title, safe: true, edits: vec![gone, edit(behind, behind, format!(" {times}"))] });
    found
}

/// Whether something between an offset and the end of its line cannot be read.
fn is_unread(project: &Project, place: Place, from: u32) -> bool {
    let text = project.source(place.file).text.parsed().get(from as usize..).unwrap_or_default();
    let end = from + text.find(['\n', '\r']).unwrap_or(text.len()) as u32;
    let problems = &project.files[place.file.0 as usize].tree.problems;
    problems.iter().any(|problem| (from..=end).contains(&problem.span.start))
}
