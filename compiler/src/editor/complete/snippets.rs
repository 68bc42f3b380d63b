//! Statements to be filled in, by the block they stand in.

use super::candidates::Scope;
use super::{Candidate, CandidateKind};
use crate::diagnostic::say;
use crate::rules::words;
use tthc_grammar::keywords::{Key, ValueKind};
use tthc_grammar::tree::DeclarationKind;

/// (label, text, Vietnamese, English)
type Snippet = (&'static str, &'static str, &'static str, &'static str);

const IMPORT: Snippet = ("dùng", "dùng \"$1\"", "Dùng những gì tệp khác khai báo", "Use what another file declares");
const PROCEDURE: Snippet = (
    "thủ tục",
    "thủ tục ${1:tên} \"${2:Tên thủ tục}\" {\n  mã: \"${3:1.000000}\"\n  cơ quan thực hiện: ${4}\n  thẩm quyền: ${5}\n  \
     tiếp nhận tại: ${6}\n  hiệu lực: từ ${7:01/07/2025}\n  thời hạn: ${8:5} ngày làm việc\n\n  quy trình {\n    $0\n  }\n}",
    "Một thủ tục hành chính với quy trình nội bộ",
    "An administrative procedure with its process",
);
const AGENCY: Snippet = (
    "cơ quan",
    "cơ quan ${1:tên} \"${2:Tên cơ quan}\" {\n  cấp: ${3|tỉnh,xã,trung ương|}\n  vai trò ${4:chuyên_viên} \"${5:Chuyên viên}\"\n}",
    "Một cơ quan với những vai trò của nó",
    "An agency with its roles",
);
const FORM: Snippet = ("biểu mẫu", "biểu mẫu ${1:tên} \"${2:Tên mẫu}\"", "Một biểu mẫu", "A form");
const PART: Snippet = (
    "phần dùng chung",
    "phần dùng chung ${1:tên}(${2:hạn}) {\n  $0\n}",
    "Những bước mà nhiều quy trình chèn vào",
    "Steps that several processes insert",
);
const SHARED: Snippet = (
    "quy trình",
    "quy trình ${1:tên} \"${2:Tên quy trình}\" {\n  $0\n}",
    "Một quy trình mà nhiều thủ tục cùng dùng",
    "A process that several procedures use",
);
const DEFAULTS: Snippet = (
    "mặc định",
    "mặc định {\n  cách tính: ngày là ngày làm việc\n  $0\n}",
    "Những mục chung cho mọi thủ tục của tệp",
    "What all procedures of the file have in common",
);
const CALENDAR: Snippet = (
    "lịch",
    "lịch ${1:tên} \"${2:Tên lịch}\" {\n  nghỉ hằng tuần: ${3:thứ bảy, chủ nhật}\n  $0\n}",
    "Giờ làm việc và ngày nghỉ của riêng một nơi",
    "Working hours and days off of one place",
);
const UNCOUNTED: Snippet = (
    "không tính thời hạn",
    "không tính thời hạn \"${1:lý do}\"",
    "Thời gian của bước này không tính cho cơ quan, vì lý do đã nêu",
    "The time of this step is not charged to the agencies, for the reason given",
);
const STEP: Snippet = (
    "bước",
    "bước ${1:1} \"${2:Nội dung}\" do ${3} trong ${4:1} ngày làm việc { loại: ${5:thẩm định} }",
    "Một dòng của bảng: việc gì, ai làm, trong bao lâu",
    "A row of the table: what, by whom, within what time",
);
const DECISION: Snippet = (
    "bước có hướng xử lý",
    "bước ${1:1} \"${2:Xem xét, ký}\" do ${3} trong ${4:1} ngày làm việc {\n  loại: ${5:phê duyệt}\n  hướng xử lý {\n    \
     ${6:đồng_ý} -> tiếp\n    ${7:không_đồng_ý} -> kết thúc ${8:từ chối giải quyết}\n  }\n}",
    "Một bước mà người làm quyết định đi đâu",
    "A step at which somebody decides where to go",
);
const SUPPLEMENT: Snippet = (
    "bước có bổ sung hồ sơ",
    "bước ${1:1} \"${2:Tiếp nhận, kiểm tra hồ sơ}\" do ${3} trong ${4:4} giờ làm việc {\n  loại: tiếp nhận\n  hướng xử lý {\n    \
     đầy_đủ -> tiếp\n    chưa_đủ -> chờ bổ sung tối đa ${5:30} ngày rồi quay lại ${1:1} tối đa ${6:1} lần, tính lại thời hạn\n    \
     từ_chối -> kết thúc từ chối tiếp nhận\n  }\n}",
    "Một bước mà hồ sơ thiếu được bổ sung rồi xét lại",
    "A step at which an incomplete dossier is completed and looked at again",
);
const PARALLEL: Snippet = (
    "song song",
    "song song ${1:lấy_ý_kiến} \"${2:Lấy ý kiến}\" chờ tất cả {\n  nhánh ${3:một} {\n    bước ${4:ý_kiến_một} \"${5:Cho ý kiến}\" do ${6} trong \
     ${7:3} ngày làm việc { loại: lấy ý kiến }\n  }\n  nhánh ${8:hai} {\n    bước ${9:ý_kiến_hai} \"${10:Cho ý kiến}\" do ${11} trong ${12:3} ngày làm \
     việc { loại: lấy ý kiến }\n  }\n}",
    "Những nhánh cùng chạy, đi tiếp khi đã xong",
    "Branches that run at once, until all are done",
);
const STAGE: Snippet = (
    "giai đoạn",
    "giai đoạn ${1:I} \"${2:Tên giai đoạn}\" {\n  thời hạn: ${3:5} ngày làm việc\n  $0\n}",
    "Một phần của bảng có thời hạn riêng",
    "A part of the table with a limit of its own",
);
const INSERT: Snippet = ("chèn", "chèn ${1}", "Chèn một phần dùng chung", "Insert a shared part");
const CALL: Snippet =
    ("liên thông thủ tục", "liên thông thủ tục ${1}", "Một thủ tục khác là một bước", "Another procedure as one step");
const OUTCOMES: Snippet = (
    "hướng xử lý",
    "hướng xử lý {\n  ${1:đồng_ý} -> ${2:tiếp}\n  ${3:không_đồng_ý} -> kết thúc ${4:từ chối giải quyết}\n}",
    "Người làm bước này quyết định được gì, và mỗi quyết định đi đâu",
    "What can be decided at the step, and where each decision leads",
);
const CHOICE: Snippet = (
    "rẽ nhánh",
    "rẽ nhánh {\n  khi ${1:điều_kiện} -> ${2:tiếp}\n  còn lại -> ${3:tiếp}\n}",
    "Điều đã biết quyết định đi đâu",
    "What is known decides where to go",
);
const ELECTRONIC: Snippet = (
    "điện tử",
    "điện tử { trạng thái: ${1:đang xử lý} }",
    "Trạng thái hồ sơ và chữ ký số ở bước này",
    "The dossier's status and signature at this step",
);
const PROCESS: Snippet = ("quy trình", "quy trình {\n  $0\n}", "Các bước", "The steps");
const PAPERS: Snippet = (
    "thành phần hồ sơ",
    "thành phần hồ sơ {\n  \"${1:Đơn đề nghị}\" { bản chính: ${2:1} }\n}",
    "Giấy tờ của hồ sơ",
    "The papers of the dossier",
);
const FIELDS: Snippet = (
    "thông tin hồ sơ",
    "thông tin hồ sơ {\n  ${1:tên} \"${2:Nhãn}\": ${3:có/không}\n}",
    "Điều biết về hồ sơ khi nhận",
    "What a dossier is known by when it arrives",
);
const CASE: Snippet = (
    "trường hợp",
    "trường hợp ${1:tên} \"${2:Tên trường hợp}\" {\n  thời hạn: ${3:5} ngày làm việc\n  quy trình {\n    $0\n  }\n}",
    "Một bảng riêng cho một loại hồ sơ",
    "A table of its own for some dossiers",
);
const AFTER: Snippet = (
    "sau khi trả kết quả",
    "sau khi trả kết quả {\n  $0\n}",
    "Việc làm sau, ngoài thời hạn",
    "What is done afterwards, outside the limit",
);
const ROLE: Snippet = ("vai trò", "vai trò ${1:tên} \"${2:Tên vai trò}\"", "Một vai trò", "A role");
const UNIT: Snippet = (
    "bộ phận",
    "bộ phận ${1:tên} \"${2:Tên bộ phận}\" {\n  vai trò ${3:chuyên_viên} \"${4:Chuyên viên}\"\n}",
    "Một bộ phận với những vai trò của nó",
    "A unit with its roles",
);
const POSTING: Snippet = ("cử", "cử ${1} đến ${2}", "Cử người đến nơi tiếp nhận", "Post somebody to a one-stop unit");
const DELEGATION: Snippet = (
    "ủy quyền",
    "ủy quyền ${1} thay ${2} tại ${3} {\n  theo: \"${4}\"\n  hiệu lực: từ ${5:01/07/2025} đến ${6:31/12/2025}\n}",
    "Ủy quyền ký thay",
    "Delegation of signing",
);
const ASSIGNMENT: Snippet =
    ("phân công", "phân công ${1} ký thay ${2}", "Phân công cấp phó ký thay", "Assign a deputy to sign");
const OUTCOME: Snippet =
    ("hướng", "${1:đồng_ý} -> ${2:tiếp}", "Một quyết định và nơi đi tiếp", "A decision and where it leads");
const GUARDED: Snippet = ("khi", "khi ${1:điều_kiện} -> ${2:tiếp}", "Khi điều kiện đúng", "When the condition holds");
const OTHERWISE: Snippet = ("còn lại", "còn lại -> ${1:tiếp}", "Mọi hồ sơ khác", "All other dossiers");
const BRANCH: Snippet = ("nhánh", "nhánh ${1:tên} {\n  $0\n}", "Một nhánh", "A branch");
const PAPER: Snippet = ("giấy tờ", "\"${1:Tên giấy tờ}\" { bản chính: ${2:1} }", "Một loại giấy tờ", "A paper");
const FIELD: Snippet =
    ("thông tin", "${1:tên} \"${2:Nhãn}\": ${3:có/không}", "Một thông tin của hồ sơ", "A dossier field");

fn snippet((label, text, vi, en): Snippet) -> Candidate {
    let mut candidate = Candidate::new(CandidateKind::Snippet, label).insert(text).rank(1);
    candidate.snippet = true;
    candidate.documentation = Some(say(vi, en));
    candidate
}

/// At the top of a file.
pub fn top() -> Vec<Candidate> {
    [PROCEDURE, IMPORT, AGENCY, PART, SHARED, FORM, CALENDAR, DEFAULTS].into_iter().map(snippet).collect()
}

/// In a block.
pub fn inside(kind: DeclarationKind) -> Vec<Candidate> {
    use DeclarationKind as D;
    let flow = [STEP, DECISION, SUPPLEMENT, PARALLEL, STAGE, INSERT, CALL];
    let list: &[Snippet] = match kind {
        D::Process | D::Stage | D::Branch | D::Part | D::After => &flow,
        D::Procedure => &[PROCESS, PAPERS, FIELDS, CASE, AFTER],
        D::SharedProcess => &[STEP, DECISION, SUPPLEMENT, PARALLEL, STAGE, INSERT, CALL, FIELDS, CASE, AFTER],
        D::Case => &[PROCESS, AFTER],
        D::Step => &[OUTCOMES, CHOICE, ELECTRONIC, UNCOUNTED],
        D::Call => &[OUTCOMES],
        D::Parallel => &[BRANCH],
        D::Agency => &[ROLE, UNIT, POSTING, DELEGATION, ASSIGNMENT],
        D::Unit => &[ROLE, POSTING, DELEGATION, ASSIGNMENT],
        D::Outcomes => &[OUTCOME],
        D::Choice => &[GUARDED, OTHERWISE],
        D::Papers => &[PAPER],
        D::Fields => &[FIELD],
        _ => &[],
    };
    list.iter().copied().map(snippet).collect()
}

/// `key: `, in which block.
pub fn key(key: Key, home: Option<DeclarationKind>, scope: &Scope<'_>) -> Candidate {
    let insert = match (key, key.kind()) {
        (Key::ShareOf, _) => format!("{} ${{1}}: ${{2}}", key.phrase()),
        (_, ValueKind::Text) => format!("{}: \"$1\"", key.phrase()),
        _ => format!("{}: $0", key.phrase()),
    };
    let mut candidate = Candidate::new(CandidateKind::Key, key.phrase()).insert(insert).rank(3);
    candidate.snippet = true;
    candidate.documentation = Some(words::value_of(key, home));
    // What most files say comes first.
    if scope.is_usual(key) { candidate.rank(2) } else { candidate }
}

/// Where an arrow can go, beside steps.
pub fn targets() -> Vec<Candidate> {
    let wait: Snippet = (
        "chờ bổ sung",
        "chờ bổ sung tối đa ${1:30} ngày rồi quay lại ${2} tối đa ${3:1} lần, tính lại thời hạn",
        "Người nộp bổ sung hồ sơ rồi xét lại",
        "The applicant completes the dossier, which is looked at again",
    );
    let mut found = super::values::phrases(&["tiếp", "quay lại", "kết thúc", "dừng mọi nhánh, kết thúc"], &[]);
    found.push(snippet(wait));
    found
}
