//! Statements to be filled in, by the block they stand in.

use super::candidates::Scope;
use super::{Candidate, CandidateKind};
use crate::editor::words;
use tthc_grammar::keywords::{Key, ValueKind};
use tthc_grammar::tree::DeclarationKind;

/// (label, text)
type Snippet = (&'static str, &'static str);

const IMPORT: Snippet = ("dùng", "dùng \"$1\"");
const PROCEDURE: Snippet = (
    "thủ tục",
    "thủ tục ${1:tên} \"${2:Tên thủ tục}\" {\n  mã: \"${3:1.000000}\"\n  cơ quan thực hiện: ${4}\n  thẩm quyền: ${5}\n  \
     tiếp nhận tại: ${6}\n  hiệu lực: từ ${7:01/07/2025}\n  thời hạn: ${8:5} ngày làm việc\n\n  quy trình {\n    $0\n  }\n}",
);
const AGENCY: Snippet = (
    "cơ quan",
    "cơ quan ${1:tên} \"${2:Tên cơ quan}\" {\n  cấp: ${3|tỉnh,xã,trung ương|}\n  vai trò ${4:chuyên_viên} \"${5:Chuyên viên}\"\n}",
);
const FORM: Snippet = ("biểu mẫu", "biểu mẫu ${1:tên} \"${2:Tên mẫu}\"");
const PART: Snippet = ("phần dùng chung", "phần dùng chung ${1:tên}(${2:hạn}) {\n  $0\n}");
const SHARED: Snippet = ("quy trình", "quy trình ${1:tên} \"${2:Tên quy trình}\" {\n  $0\n}");
const DEFAULTS: Snippet = ("mặc định", "mặc định {\n  cách tính: ngày là ngày làm việc\n  $0\n}");
const CALENDAR: Snippet =
    ("lịch", "lịch ${1:tên} \"${2:Tên lịch}\" {\n  nghỉ hằng tuần: ${3:thứ bảy, chủ nhật}\n  $0\n}");
const UNCOUNTED: Snippet = ("không tính thời hạn", "không tính thời hạn \"${1:lý do}\"");
const STEP: Snippet =
    ("bước", "bước ${1:1} \"${2:Nội dung}\" do ${3} trong ${4:1} ngày làm việc { loại: ${5:thẩm định} }");
const DECISION: Snippet = (
    "bước có hướng xử lý",
    "bước ${1:1} \"${2:Xem xét, ký}\" do ${3} trong ${4:1} ngày làm việc {\n  loại: ${5:phê duyệt}\n  hướng xử lý {\n    \
     ${6:đồng_ý} -> tiếp\n    ${7:không_đồng_ý} -> kết thúc ${8:từ chối giải quyết}\n  }\n}",
);
const SUPPLEMENT: Snippet = (
    "bước có bổ sung hồ sơ",
    "bước ${1:1} \"${2:Tiếp nhận, kiểm tra hồ sơ}\" do ${3} trong ${4:4} giờ làm việc {\n  loại: tiếp nhận\n  hướng xử lý {\n    \
     đầy_đủ -> tiếp\n    chưa_đủ -> chờ bổ sung tối đa ${5:30} ngày rồi quay lại ${1:1} tối đa ${6:1} lần, tính lại thời hạn\n    \
     từ_chối -> kết thúc từ chối tiếp nhận\n  }\n}",
);
const PARALLEL: Snippet = (
    "song song",
    "song song ${1:lấy_ý_kiến} \"${2:Lấy ý kiến}\" chờ tất cả {\n  nhánh ${3:một} {\n    bước ${4:ý_kiến_một} \"${5:Cho ý kiến}\" do ${6} trong \
     ${7:3} ngày làm việc { loại: lấy ý kiến }\n  }\n  nhánh ${8:hai} {\n    bước ${9:ý_kiến_hai} \"${10:Cho ý kiến}\" do ${11} trong ${12:3} ngày làm \
     việc { loại: lấy ý kiến }\n  }\n}",
);
const STAGE: Snippet =
    ("giai đoạn", "giai đoạn ${1:I} \"${2:Tên giai đoạn}\" {\n  thời hạn: ${3:5} ngày làm việc\n  $0\n}");
const INSERT: Snippet = ("chèn", "chèn ${1}");
const CALL: Snippet = ("liên thông thủ tục", "liên thông thủ tục ${1}");
const OUTCOMES: Snippet = (
    "hướng xử lý",
    "hướng xử lý {\n  ${1:đồng_ý} -> ${2:tiếp}\n  ${3:không_đồng_ý} -> kết thúc ${4:từ chối giải quyết}\n}",
);
const CHOICE: Snippet = ("rẽ nhánh", "rẽ nhánh {\n  khi ${1:điều_kiện} -> ${2:tiếp}\n  còn lại -> ${3:tiếp}\n}");
const ELECTRONIC: Snippet = ("điện tử", "điện tử { trạng thái: ${1:đang xử lý} }");
const PROCESS: Snippet = ("quy trình", "quy trình {\n  $0\n}");
const PAPERS: Snippet = ("thành phần hồ sơ", "thành phần hồ sơ {\n  \"${1:Đơn đề nghị}\" { bản chính: ${2:1} }\n}");
const FIELDS: Snippet = ("thông tin hồ sơ", "thông tin hồ sơ {\n  ${1:tên} \"${2:Nhãn}\": ${3:có/không}\n}");
const CASE: Snippet = (
    "trường hợp",
    "trường hợp ${1:tên} \"${2:Tên trường hợp}\" {\n  thời hạn: ${3:5} ngày làm việc\n  quy trình {\n    $0\n  }\n}",
);
const AFTER: Snippet = ("sau khi trả kết quả", "sau khi trả kết quả {\n  $0\n}");
const ROLE: Snippet = ("vai trò", "vai trò ${1:tên} \"${2:Tên vai trò}\"");
const UNIT: Snippet =
    ("bộ phận", "bộ phận ${1:tên} \"${2:Tên bộ phận}\" {\n  vai trò ${3:chuyên_viên} \"${4:Chuyên viên}\"\n}");
const POSTING: Snippet = ("cử", "cử ${1} đến ${2}");
const DELEGATION: Snippet = (
    "ủy quyền",
    "ủy quyền ${1} thay ${2} tại ${3} {\n  theo: \"${4}\"\n  hiệu lực: từ ${5:01/07/2025} đến ${6:31/12/2025}\n}",
);
const ASSIGNMENT: Snippet = ("phân công", "phân công ${1} ký thay ${2}");
const OUTCOME: Snippet = ("hướng", "${1:đồng_ý} -> ${2:tiếp}");
const GUARDED: Snippet = ("khi", "khi ${1:điều_kiện} -> ${2:tiếp}");
const OTHERWISE: Snippet = ("còn lại", "còn lại -> ${1:tiếp}");
const BRANCH: Snippet = ("nhánh", "nhánh ${1:tên} {\n  $0\n}");
const PAPER: Snippet = ("giấy tờ", "\"${1:Tên giấy tờ}\" { bản chính: ${2:1} }");
const FIELD: Snippet = ("thông tin", "${1:tên} \"${2:Nhãn}\": ${3:có/không}");
const WAIT: Snippet =
    ("chờ bổ sung", "chờ bổ sung tối đa ${1:30} ngày rồi quay lại ${2} tối đa ${3:1} lần, tính lại thời hạn");

fn snippet((label, text): Snippet) -> Candidate {
    let mut candidate = Candidate::new(CandidateKind::Snippet, label).insert(text).rank(1);
    candidate.snippet = true;
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
    candidate.documentation = Some(words::key(key, home.unwrap_or(DeclarationKind::Outcomes)));
    // What most files say comes first.
    if scope.is_usual(key) { candidate.rank(2) } else { candidate }
}

/// Where an arrow can go, beside steps.
pub fn targets() -> Vec<Candidate> {
    let mut found = super::values::phrases(&["tiếp", "quay lại", "kết thúc", "dừng mọi nhánh, kết thúc"], &[]);
    found.push(snippet(WAIT));
    found
}
