//! The words for things of the language, in both languages.

use crate::analysis::steps::Total;
use crate::analysis::verdict::Clock;
use crate::diagnostic::{Message, say};
use crate::model::issue::{ValueSort, What};
use crate::model::keys::list_of;
use tthc_grammar::keywords::{Key, ValueKind};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{DeclarationKind, Expected};

/// What a name names.
pub(super) fn what(what: What) -> Message {
    match what {
        What::Agency => say("cơ quan", "agency"),
        What::Role => say("vai trò hoặc bộ phận", "role or unit"),
        What::Performer => say("cơ quan, bộ phận hoặc vai trò", "agency, unit or role"),
        What::Step => say("bước", "step"),
        What::Stage => say("giai đoạn", "stage"),
        What::Branch => say("nhánh", "branch"),
        What::Field => say("thông tin hồ sơ", "dossier field"),
        What::Value => say("giá trị", "value"),
        What::Outcome => say("hướng xử lý", "outcome"),
        What::FieldOrStep => say("thông tin hồ sơ hoặc bước", "dossier field or step"),
        What::Part => say("phần dùng chung", "shared part"),
        What::Parameter => say("tham số", "parameter"),
        What::Procedure => say("thủ tục", "procedure"),
        What::Process => say("quy trình", "process"),
        What::Case => say("trường hợp", "case"),
        What::Form => say("biểu mẫu", "form"),
        What::Calendar => say("lịch", "calendar"),
        What::Channel => say("cách thông báo", "way of notifying"),
    }
}

/// What a value is.
pub(super) fn sort(sort: ValueSort) -> Message {
    match sort {
        ValueSort::Text => say("một chuỗi trong ngoặc kép", "a text in quotes"),
        ValueSort::Duration => {
            say("một khoảng thời gian (ví dụ: 5 ngày làm việc)", "a duration (such as: 5 ngày làm việc)")
        }
        ValueSort::Period => say("khoảng ngày (ví dụ: từ 01/07/2025)", "a period (such as: từ 01/07/2025)"),
        ValueSort::Date => say("một ngày (ví dụ: 01/07/2025)", "a date (such as: 01/07/2025)"),
        ValueSort::Number => say("một con số", "a number"),
        ValueSort::Count => say("một số nguyên", "a whole number"),
        ValueSort::Money => say("một số tiền (ví dụ: 150.000 đồng)", "an amount of money (such as: 150.000 đồng)"),
        ValueSort::Names => say("tên đã khai báo", "declared names"),
        ValueSort::Name => say("một cái tên", "a name"),
        ValueSort::Phrase => say("một giá trị trong danh sách", "a value of the list"),
        ValueSort::Flag => say("“có” hoặc “không”", "“có” or “không”"),
        ValueSort::Target => say("nơi đi tiếp (ví dụ: quay lại bước 3)", "where to go (such as: quay lại bước 3)"),
        ValueSort::End => say("trạng thái kết thúc (ví dụ: trả kết quả)", "an end state (such as: trả kết quả)"),
        ValueSort::Hours => say("khoảng giờ (ví dụ: 7:30 - 11:30)", "hours (such as: 7:30 - 11:30)"),
    }
}

/// The keyword of a declaration.
pub(crate) fn keyword(kind: DeclarationKind) -> &'static str {
    use DeclarationKind as D;
    match kind {
        D::Import => "dùng",
        D::Defaults => "mặc định",
        D::Agency => "cơ quan",
        D::Role => "vai trò",
        D::Unit => "bộ phận",
        D::Posting => "cử",
        D::Delegation => "ủy quyền",
        D::Assignment => "phân công",
        D::Form => "biểu mẫu",
        D::Calendar => "lịch",
        D::Procedure => "thủ tục",
        D::SharedProcess | D::Process => "quy trình",
        D::Case => "trường hợp",
        D::After => "sau khi trả kết quả",
        D::Papers => "thành phần hồ sơ",
        D::Fields => "thông tin hồ sơ",
        D::Electronic => "điện tử",
        D::Stage => "giai đoạn",
        D::Step => "bước",
        D::Parallel => "song song",
        D::Branch => "nhánh",
        D::Part => "phần dùng chung",
        D::Insert => "chèn",
        D::Call => "liên thông thủ tục",
        D::Outcomes => "hướng xử lý",
        D::Choice => "rẽ nhánh",
    }
}

/// What was expected where something could not be read, in which block.
pub(super) fn expected(expected: Expected, home: Option<DeclarationKind>) -> Message {
    match expected {
        Expected::TopStatement => say(
            "một khai báo: dùng, cơ quan, biểu mẫu, thủ tục, quy trình, phần dùng chung…",
            "a declaration: dùng, cơ quan, biểu mẫu, thủ tục, quy trình, phần dùng chung…",
        ),
        Expected::StatementIn(kind) => statement_in(kind),
        Expected::Attribute => say("một dòng dạng “khóa: giá trị”", "a line “key: value”"),
        Expected::Arrow => say(
            "một dòng dạng “tên_hướng -> nơi đi tiếp” hoặc “khi điều kiện -> nơi đi tiếp”",
            "a line “outcome -> target” or “khi condition -> target”",
        ),
        Expected::ArrowSign => say("dấu “->”", "the sign “->”"),
        Expected::Target => say(
            "nơi đi tiếp: tiếp, tên bước, quay lại …, chờ … rồi …, kết thúc …",
            "a target: tiếp, the name of a step, quay lại …, chờ … rồi …, kết thúc …",
        ),
        Expected::Guard => say(
            "một điều kiện (ví dụ: diện_tích > 100 và gần_sân_bay)",
            "a condition (such as: diện_tích > 100 và gần_sân_bay)",
        ),
        Expected::Name => say("một tên", "a name"),
        Expected::Text => say("một chuỗi trong ngoặc kép", "a text in quotes"),
        Expected::Duration => sort(ValueSort::Duration),
        Expected::Names => say("tên cơ quan, bộ phận hoặc vai trò", "the name of an agency, unit or role"),
        Expected::Value(key) => value_of(key, home),
        Expected::StepHead => {
            say("“do …”, “trong …”, “không tính thời hạn” hoặc “{”", "“do …”, “trong …”, “không tính thời hạn” or “{”")
        }
        Expected::OpenBrace => say("dấu “{”", "“{”"),
        Expected::Then => say("“rồi” và nơi đi tiếp", "“rồi” and a target"),
        Expected::EndState => say(
            "trạng thái kết thúc: trả kết quả, trả hồ sơ, từ chối tiếp nhận, từ chối giải quyết, rút hồ sơ, dừng xử lý",
            "an end state: trả kết quả, trả hồ sơ, từ chối tiếp nhận, từ chối giải quyết, rút hồ sơ, dừng xử lý",
        ),
        Expected::BranchCount => say("số nhánh (ví dụ: 2 nhánh)", "a number of branches (such as: 2 nhánh)"),
        Expected::FieldType => {
            say("kiểu: có/không, số, hoặc các giá trị “a | b”", "a type: có/không, số, or values “a | b”")
        }
        Expected::Field => say("một dòng dạng “tên: kiểu”", "a line “name: type”"),
        Expected::Paper => say("tên giấy tờ trong ngoặc kép", "the name of a paper in quotes"),
        Expected::Colon => say("dấu “:”", "“:”"),
    }
}

/// What a key takes, in which block.
pub(crate) fn value_of(key: Key, home: Option<DeclarationKind>) -> Message {
    let phrase = key.phrase();
    match key.kind() {
        ValueKind::Closed(list) => {
            let list = home.and_then(|home| list_of(key, home)).unwrap_or(list).join(", ");
            say(format!("giá trị của “{phrase}”: {list}"), format!("a value of “{phrase}”: {list}"))
        }
        ValueKind::Period => sort(ValueSort::Period),
        ValueKind::Days => sort(ValueSort::Date),
        ValueKind::Hours => sort(ValueSort::Hours),
        ValueKind::Money => sort(ValueSort::Money),
        ValueKind::Count => sort(ValueSort::Count),
        ValueKind::Duration => sort(ValueSort::Duration),
        _ => say(format!("giá trị của “{phrase}”"), format!("a value of “{phrase}”")),
    }
}

fn statement_in(kind: DeclarationKind) -> Message {
    use DeclarationKind as D;
    match kind {
        D::Agency | D::Unit => say(
            "vai trò, bộ phận, cử, ủy quyền, phân công hoặc một dòng “khóa: giá trị”",
            "vai trò, bộ phận, cử, ủy quyền, phân công or a line “key: value”",
        ),
        D::Procedure | D::Case | D::SharedProcess => say(
            "“khóa: giá trị”, thành phần hồ sơ, thông tin hồ sơ, trường hợp hoặc “quy trình { … }”",
            "“key: value”, thành phần hồ sơ, thông tin hồ sơ, trường hợp or “quy trình { … }”",
        ),
        D::Process | D::Stage | D::Branch | D::Part | D::After => say(
            "bước, giai đoạn, song song, chèn hoặc liên thông thủ tục",
            "bước, giai đoạn, song song, chèn or liên thông thủ tục",
        ),
        D::Parallel => say("nhánh", "nhánh"),
        D::Step | D::Call => say(
            "một dòng “khóa: giá trị”, “hướng xử lý { … }” hoặc “rẽ nhánh { … }”",
            "a line “key: value”, “hướng xử lý { … }” or “rẽ nhánh { … }”",
        ),
        _ => say("một dòng dạng “khóa: giá trị”", "a line “key: value”"),
    }
}

/// The phrase that was nearly written; none where it could be anything.
pub(super) fn nearest<'a>(written: &str, phrases: &[&'a str]) -> Option<&'a str> {
    let written = fold(written).to_lowercase();
    let distance = |phrase: &str| strsim::damerau_levenshtein(&written, &fold(phrase));
    let near = phrases.iter().map(|phrase| (distance(phrase), *phrase)).min()?;
    (near.0 <= near.1.chars().count() / 4).then_some(near.1)
}

/// The words of a place, cut short and on one line.
pub(super) fn excerpt(words: &str) -> String {
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(40).collect();
    if short.len() < line.len() { format!("{}…", short.trim_end()) } else { short }
}

/// `“a”, “b” hoặc “c”`
pub(super) fn either(names: &[String]) -> Message {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    match quoted.split_last() {
        None => Message::default(),
        Some((only, [])) => say(only.clone(), only.clone()),
        Some((last, rest)) => say(format!("{} hoặc {last}", rest.join(", ")), format!("{} or {last}", rest.join(", "))),
    }
}

/// Minutes as people say them.
pub fn amount(minutes: i64, clock: Clock) -> Message {
    let (day, days, hours) = match clock {
        Clock::Calendar => (1440, ("ngày", "days"), ("giờ", "hours")),
        _ => (480, ("ngày làm việc", "working days"), ("giờ làm việc", "working hours")),
    };
    if minutes % (day / 8) == 0 && (minutes >= day || minutes % day == 0) {
        let (whole, thousandths) = (minutes / day, minutes % day * 1000 / day);
        let decimals = format!("{thousandths:03}");
        let decimals = decimals.trim_end_matches('0');
        let (vi, en) = match decimals {
            "" => (whole.to_string(), whole.to_string()),
            decimals => (format!("{whole},{decimals}"), format!("{whole}.{decimals}")),
        };
        return say(format!("{vi} {}", days.0), counted(&en, days.1));
    }
    // What comes out even in no larger unit is said in all of them.
    let (whole, rest) = if minutes < day { (0, minutes) } else { (minutes / day, minutes % day) };
    let parts = [(whole, days), (rest / 60, hours), (rest % 60, ("phút", "minutes"))];
    let kept: Vec<_> = parts.into_iter().filter(|(number, _)| *number > 0).collect();
    say(
        kept.iter().map(|(number, unit)| format!("{number} {}", unit.0)).collect::<Vec<_>>().join(" + "),
        kept.iter().map(|(number, unit)| counted(&number.to_string(), unit.1)).collect::<Vec<_>>().join(" + "),
    )
}

/// English: `1 hour`, `2 hours`
fn counted(number: &str, units: &str) -> String {
    let unit = units.strip_suffix('s').filter(|_| number == "1").unwrap_or(units);
    format!("{number} {unit}")
}

/// Amounts of each kind as people say them.
pub fn total(total: &Total) -> Message {
    let months = total.months;
    let parts = [
        (total.working, amount(total.working, Clock::Working)),
        (total.calendar, amount(total.calendar, Clock::Calendar)),
        (months, say(format!("{months} tháng"), format!("{months} months"))),
    ];
    let kept: Vec<Message> = parts.into_iter().filter(|(amount, _)| *amount > 0).map(|(_, words)| words).collect();
    let all = |of: fn(&Message) -> &str| kept.iter().map(of).collect::<Vec<_>>().join(" + ");
    match kept.is_empty() {
        true => amount(0, Clock::Working),
        false => say(all(|one| &one.vi), all(|one| &one.en)),
    }
}
