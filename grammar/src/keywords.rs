//! Every keyword of the language, in one table.
//!
//! The parser's keyword rules (`keywords.pest`), the conversion of keys and phrases, the formatter's
//! standard spellings and editor grammars are all made from here.

use crate::names::fold;
use foldhash::HashMap;
use std::sync::LazyLock;

/// What kind of value an attribute takes; decides the grammar rule that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Strings.
    Text,
    /// A duration, `không quy định`, with `kể từ …` or a guard behind it.
    Duration,
    /// `từ dd/mm/yyyy [đến dd/mm/yyyy]`.
    Period,
    /// Phrases of a closed list.
    Closed(&'static [&'static str]),
    /// Names of agencies, units, roles, forms, processes: a performer expression.
    Names,
    /// Where an arrow goes.
    Target,
    /// An end state.
    End,
    /// What happens when a step's time has run out.
    Overdue,
    /// A whole number.
    Count,
    /// An amount of money, or a string.
    Money,
    /// Dates.
    Days,
    /// Ranges of hours.
    Hours,
}

/// Kinds of a step (`loại`).
pub const STEP_KINDS: &[&str] = &[
    "tiếp nhận",
    "chuyển hồ sơ",
    "phân công",
    "thẩm định",
    "kiểm tra thực tế",
    "lấy ý kiến",
    "hội đồng",
    "dự thảo",
    "xem xét",
    "trình ký",
    "ký duyệt",
    "phê duyệt",
    "đóng dấu",
    "phát hành",
    "thu phí",
    "nghĩa vụ tài chính",
    "bổ sung",
    "thông báo",
    "trả kết quả",
    "khác",
];
/// Kinds of an agency (`loại`).
pub const AGENCY_KINDS: &[&str] =
    &["cơ quan nhà nước", "đơn vị sự nghiệp", "ngành dọc", "doanh nghiệp", "hội đồng", "nhóm cơ quan"];
/// End states of a procedure.
pub const END_STATES: &[&str] =
    &["trả kết quả", "trả hồ sơ", "từ chối tiếp nhận", "từ chối giải quyết", "rút hồ sơ", "dừng xử lý"];
/// Dossier statuses of the national portal; the position (from 1) is the status number.
pub const STATUSES: &[&str] = &[
    "mới đăng ký",
    "được tiếp nhận",
    "không được tiếp nhận",
    "đang xử lý",
    "yêu cầu bổ sung giấy tờ",
    "yêu cầu thực hiện nghĩa vụ tài chính",
    "công dân yêu cầu rút hồ sơ",
    "dừng xử lý",
    "đã xử lý xong",
    "đã trả kết quả",
];
const KINDS: &[&str] = &[
    "tiếp nhận",
    "chuyển hồ sơ",
    "phân công",
    "thẩm định",
    "kiểm tra thực tế",
    "lấy ý kiến",
    "hội đồng",
    "dự thảo",
    "xem xét",
    "trình ký",
    "ký duyệt",
    "phê duyệt",
    "đóng dấu",
    "phát hành",
    "thu phí",
    "nghĩa vụ tài chính",
    "bổ sung",
    "thông báo",
    "trả kết quả",
    "khác",
    "cơ quan nhà nước",
    "đơn vị sự nghiệp",
    "ngành dọc",
    "doanh nghiệp",
    "nhóm cơ quan",
];
const LEVELS: &[&str] = &["tỉnh", "huyện", "xã", "trung ương", "khác"];
const ONLINE: &[&str] = &["không", "một phần", "toàn trình", "mức 2", "mức 3", "mức 4"];
const FLAG: &[&str] = &["có", "không"];
const ON_SITE: &[&str] = &["rà soát", "có", "không"];
const RECKONING: &[&str] = &["ngày là ngày làm việc", "giờ là giờ làm việc"];
const AFTER_THREE: &[&str] = &["tính từ ngày làm việc tiếp theo"];
/// Days of weekly rest, Monday first; then none.
pub const WEEKDAYS: &[&str] = &["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật", "không"];

macro_rules! keys {
    ($($(#[doc = $doc:literal])* $id:ident $phrase:literal $kind:expr;)*) => {
        /// The key of an attribute (`key: value`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Key { $($(#[doc = $doc])* #[doc = concat!("`", $phrase, "`")] $id,)* }
        impl Key {
            /// Every key, in the order of the table.
            pub const ALL: &'static [Key] = &[$(Key::$id,)*];
            /// The standard spelling.
            pub fn phrase(self) -> &'static str { match self { $(Key::$id => $phrase,)* } }
            /// What the key takes.
            pub fn kind(self) -> ValueKind {
                use ValueKind::*;
                match self { $(Key::$id => $kind,)* }
            }
        }
    };
}

keys! {
    Code "mã" Text;
    IssuedBy "ban hành theo" Text;
    Basis "căn cứ" Text;
    Under "theo" Text;
    Domain "lĩnh vực" Text;
    Symbol "ký hiệu" Text;
    Result "kết quả" Text;
    Content "nội dung" Text;
    ConsultationContent "nội dung lấy ý kiến" Text;
    Note "ghi chú" Text;
    Applicants "đối tượng" Text;
    Channels "cách thức" Text;
    Conditions "yêu cầu" Text;
    Retention "lưu hồ sơ" Text;
    Template "mẫu" Text;
    Fee "phí" Money;
    Charge "lệ phí" Money;
    ExecutingAgency "cơ quan thực hiện" Names;
    CoordinatingAgencies "cơ quan phối hợp" Names;
    CompetentAuthority "thẩm quyền" Names;
    DelegatedAgency "cơ quan được ủy quyền" Names;
    ReceivedAt "tiếp nhận tại" Names;
    Agency "cơ quan" Names;
    Performer "thực hiện" Names;
    Form "biểu mẫu" Names;
    Process "quy trình" Names;
    Calendar "lịch" Names;
    Notify "thông báo" Names;
    Level "cấp" Closed(LEVELS);
    OneStop "một cửa" Closed(FLAG);
    MaySign "thẩm quyền ký" Closed(FLAG);
    Online "trực tuyến" Closed(ONLINE);
    PublicPost "bưu chính công ích" Closed(FLAG);
    Presence "cần có mặt" Closed(FLAG);
    DigitalSignature "ký số" Closed(FLAG);
    ElectronicCopy "điện tử" Closed(FLAG);
    FourOnSite "4 tại chỗ" Closed(ON_SITE);
    FiveOnSite "5 tại chỗ" Closed(ON_SITE);
    Kind "loại" Closed(KINDS);
    Scope "phạm vi" Closed(STEP_KINDS);
    Reckoning "cách tính" Closed(RECKONING);
    AfterThree "tiếp nhận sau 15 giờ" Closed(AFTER_THREE);
    Status "trạng thái" Closed(STATUSES);
    WeeklyRest "nghỉ hằng tuần" Closed(WEEKDAYS);
    InForce "hiệu lực" Period;
    DataYears "có dữ liệu" Period;
    DaysOff "ngày nghỉ" Days;
    MakeUpDays "ngày làm bù" Days;
    WorkingHours "giờ làm việc" Hours;
    StatutoryLimit "thời hạn theo quy định" Duration;
    Limit "thời hạn" Duration;
    Time "thời gian" Duration;
    AtLatest "chậm nhất" Duration;
    /// Takes an agency between key and colon.
    ShareOf "phần của" Duration;
    GoTo "chuyển" Target;
    EndWith "kết thúc" End;
    Overdue "quá hạn" Overdue;
    Originals "bản chính" Count;
    Copies "bản sao" Count;
}

/// Words and phrases that hold the grammar together, as (rule name, standard spelling).
pub const WORDS: &[(&str, &str)] = &[
    ("import", "dùng"),
    ("defaults", "mặc định"),
    ("agency", "cơ quan"),
    ("form", "biểu mẫu"),
    ("procedure", "thủ tục"),
    ("process", "quy trình"),
    ("part", "phần dùng chung"),
    ("case", "trường hợp"),
    ("stage", "giai đoạn"),
    ("step", "bước"),
    ("parallel", "song song"),
    ("branch", "nhánh"),
    ("insert", "chèn"),
    ("call", "liên thông thủ tục"),
    ("after", "sau khi trả kết quả"),
    ("papers", "thành phần hồ sơ"),
    ("fields", "thông tin hồ sơ"),
    ("electronic", "điện tử"),
    ("outcomes", "hướng xử lý"),
    ("choice", "rẽ nhánh"),
    ("role", "vai trò"),
    ("unit", "bộ phận"),
    ("post", "cử"),
    ("delegate", "ủy quyền"),
    ("assign", "phân công"),
    ("calendar", "lịch"),
    ("share", "phần của"),
    ("do", "do"),
    ("within", "trong"),
    ("at", "tại"),
    ("when", "khi"),
    ("and", "và"),
    ("or", "hoặc"),
    ("not", "không"),
    ("yes", "có"),
    ("in", "thuộc"),
    ("otherwise", "còn lại"),
    ("next", "tiếp"),
    ("back", "quay lại"),
    ("back_alias", "chuyển lại"),
    ("end", "kết thúc"),
    ("wait_supplement", "chờ bổ sung"),
    ("wait", "chờ"),
    ("then", "rồi"),
    ("at_most", "tối đa"),
    ("times", "lần"),
    ("exhausted", "hết lượt"),
    ("set_time", "trong thời gian đã định"),
    ("all", "tất cả"),
    ("restart", "tính lại thời hạn"),
    ("stop_all", "dừng mọi nhánh"),
    ("wait_all", "chờ tất cả"),
    ("wait_some", "chờ ít nhất"),
    ("named", "đặt tên"),
    ("to", "đến"),
    ("from", "từ"),
    ("replacing", "thay"),
    ("signing_for", "ký thay"),
    ("since", "kể từ"),
    ("reception", "tiếp nhận"),
    ("uncounted", "không tính thời hạn"),
    ("unstated", "không quy định"),
    ("as_if", "coi như"),
    ("agreed", "đồng ý"),
    ("remind", "cảnh báo"),
    ("applicant", "người nộp"),
    ("system", "hệ thống"),
    ("receiving_unit", "nơi tiếp nhận"),
    ("number_type", "số"),
    ("dong", "đồng"),
    ("working_hours", "giờ làm việc"),
    ("working_days", "ngày làm việc"),
    ("minutes", "phút"),
    ("hours", "giờ"),
    ("days", "ngày"),
    ("months", "tháng"),
];

/// Keys that stand only in a step: after a step's header without `{` they show that the brace was forgotten.
pub const STEP_ONLY: &[Key] = &[
    Key::Kind,
    Key::Performer,
    Key::Time,
    Key::GoTo,
    Key::EndWith,
    Key::Overdue,
    Key::AtLatest,
    Key::Content,
    Key::ConsultationContent,
];

/// The single words that cannot be names; every other phrase is a keyword only where it is expected.
pub const RESERVED: &[&str] =
    &["khi", "và", "hoặc", "không", "có", "còn", "thuộc", "tại", "tiếp", "như", "do", "trong", "bước", "nhánh"];

/// The keywords of blocks that have no name, which are easily taken for keys.
pub const BLOCKS: &[&str] = &[
    "hướng xử lý",
    "rẽ nhánh",
    "thành phần hồ sơ",
    "thông tin hồ sơ",
    "quy trình",
    "điện tử",
    "mặc định",
    "sau khi trả kết quả",
];

/// Finds the block without a name that has this keyword, spelled as [`key`] reads it.
pub fn block(text: &str) -> Option<&'static str> {
    phrase(text, BLOCKS)
}

/// Finds the key with this spelling; diacritics may be left out, tone marks may stand either way.
pub fn key(text: &str) -> Option<Key> {
    static KEYS: LazyLock<HashMap<String, Key>> =
        LazyLock::new(|| Key::ALL.iter().map(|key| (fold(key.phrase()), *key)).collect());
    KEYS.get(&fold(text)).copied()
}

/// Finds the phrase of `list` with this spelling, under the same rules as [`key`].
pub fn phrase(text: &str, list: &[&'static str]) -> Option<&'static str> {
    let folded = fold(text);
    list.iter().copied().find(|phrase| fold(phrase) == folded)
}
