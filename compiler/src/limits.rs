//! The limits that a file can meet, in one list for those who want to know before they do: the numbers are those that
//! the code stops at, and each has a test that goes just beyond it.

use crate::analysis::classes::MAX_CLASSES;
use crate::analysis::explore::{MAX_COMBINATIONS, MAX_STATES, MAX_STATES_IN_ALL};
use crate::compare::definition::MOST as MOST_DIFFERENCES;
use crate::compare::pairs::MOST_PAIRS;
use crate::import::limits as import;
use crate::model::flow_steps::{MAX_INSERTIONS, MAX_STEPS};
use crate::rules::verify::MOST as MOST_FIXES;
use crate::target::one_step::MAX_COPIES;
use crate::target::{FEW_BRANCHES, opencps, reactflow};
use tthc_grammar::MAX_DEPTH;
use tthc_grammar::text::{MAX_BAD_CHARACTERS, MAX_FILE_BYTES};

/// Bytes.
const MIB: usize = 1024 * 1024;

/// How much of something there may be.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What it is called where it is tested.
    pub id: &'static str,
    /// What is counted, in Vietnamese.
    pub what: &'static str,
    /// The most that is accepted.
    pub most: usize,
    /// What the number counts, where `what` does not say so.
    pub unit: &'static str,
    /// What happens beyond it, in Vietnamese.
    pub beyond: &'static str,
}

const fn limit(id: &'static str, what: &'static str, most: usize, beyond: &'static str) -> Limit {
    Limit { id, what, most, unit: "", beyond }
}

const fn mebibytes(id: &'static str, what: &'static str, bytes: usize, beyond: &'static str) -> Limit {
    Limit { id, what, most: bytes / MIB, unit: " MiB", beyond }
}

/// What is written in the language.
pub const TEXT: &[Limit] = &[
    mebibytes("file", "Độ dài một tệp `.tthc`", MAX_FILE_BYTES, "lỗi T005; tệp không được đọc"),
    limit("depth", "Số lớp ngoặc lồng nhau", MAX_DEPTH, "lỗi T005; phần bên trong không được đọc"),
    limit(
        "characters",
        "Số ký tự không dùng được mà được nêu riêng trong một tệp",
        MAX_BAD_CHARACTERS,
        "những ký tự còn lại vẫn bị bỏ đi nhưng không nêu từng chỗ",
    ),
    limit("steps", "Số bước của một quy trình khi đã chèn các phần dùng chung", MAX_STEPS, "lỗi T005; không chèn thêm"),
    limit("insertions", "Số phần dùng chung chèn lồng nhau", MAX_INSERTIONS, "lỗi T005; không chèn thêm"),
];

/// What is proved.
pub const ANALYSIS: &[Limit] = &[
    limit(
        "states",
        "Số trạng thái của một quy trình, cho một loại hồ sơ",
        MAX_STATES,
        "cảnh báo T005, các lần quay lại được tính gộp; vẫn quá nhiều thì lỗi T005, không kết luận gì",
    ),
    limit(
        "states-in-all",
        "Số trạng thái của mọi loại hồ sơ trong một quy trình cộng lại",
        MAX_STATES_IN_ALL,
        "lỗi T005; không kết luận gì",
    ),
    limit(
        "classes",
        "Số loại hồ sơ được xét riêng",
        MAX_CLASSES,
        "cảnh báo T005; thời gian nêu ra là mức không vượt quá",
    ),
    limit(
        "combinations",
        "Số cách các nhánh song song cùng xong",
        MAX_COMBINATIONS,
        "thời gian nêu ra là mức không vượt quá (“có thể tới”)",
    ),
    limit("fixes", "Số cách sửa được thử trong một lần kiểm tra", MOST_FIXES, "những cách còn lại không được đề nghị"),
];

/// What is written for other software.
pub const TARGETS: &[Limit] = &[
    limit(
        "copies",
        "Số bước được viết thêm cho đích không nhớ gì về hồ sơ (`opencps`, `reactflow`)",
        MAX_COPIES,
        "lỗi T503; không ghi ra",
    ),
    limit(
        "early-join",
        "Số nhánh của `chờ ít nhất n nhánh` (n từ 2) ở các đích BPMN",
        FEW_BRANCHES,
        "lỗi T503; không ghi ra",
    ),
    limit(
        "opencps-names",
        "Số ký tự của một tên gọi ở đích `opencps`",
        opencps::NAME,
        "cảnh báo T503; phần sau bị cắt",
    ),
    limit(
        "reactflow-names",
        "Số ký tự của tên bước, tên người thực hiện ở đích `reactflow`",
        reactflow::NAME,
        "cảnh báo T503; phần sau bị cắt",
    ),
    limit(
        "opencps-texts",
        "Số ký tự của cách thức, đối tượng, yêu cầu, hồ sơ… của thủ tục ở đích `opencps`",
        opencps::TEXT,
        "cảnh báo T503; phần sau bị cắt",
    ),
];

/// What is told of two versions.
pub const COMPARISON: &[Limit] = &[
    limit(
        "pairs",
        "Số cặp bước (bước cũ × bước mới) mà tên, nhãn không cho biết là một, còn được so xem nhãn có gần giống nhau không",
        MOST_PAIRS,
        "những bước ấy được nêu là bỏ và thêm, không nêu là đổi nhãn",
    ),
    limit(
        "differences",
        "Số chỗ khác nhau của định nghĩa (điều không thấy ở bảng in) được nêu riêng cho một thủ tục",
        MOST_DIFFERENCES,
        "những chỗ còn lại được đếm",
    ),
];

/// What is imported.
pub const IMPORT: &[Limit] = &[
    mebibytes("import-file", "Độ dài tệp", MAX_FILE_BYTES, "không đọc: “tệp quá lớn”"),
    limit("rows", "Số hàng của bảng (CSV, Excel)", import::MAX_ROWS, "không đọc: “bảng quá lớn”"),
    limit("columns", "Số cột của bảng (CSV, Excel)", import::MAX_COLUMNS, "không đọc: “bảng quá lớn”"),
    limit("merged", "Số ô do các ô gộp của một trang tính phủ lên", import::MAX_MERGED, "không đọc: “bảng quá lớn”"),
    limit("sheets", "Số trang tính được đọc", import::MAX_SHEETS, "những trang còn lại được nêu tên ở đầu tệp `.tthc`"),
    limit("parts", "Số tệp con trong tệp Excel", import::MAX_PARTS, "không đọc: “giải nén ra quá lớn”"),
    mebibytes("unpacked", "Độ dài tệp Excel khi giải nén", import::MAX_UNPACKED, "không đọc: “giải nén ra quá lớn”"),
    limit("xml", "Số phần tử và đoạn chữ của tệp XML", import::MAX_XML_NODES, "không đọc: “quá nhiều phần tử”"),
    limit("nodes", "Số phần tử của quy trình BPMN", import::MAX_BPMN_NODES, "không đọc: “quá nhiều phần tử”"),
    limit("flows", "Số mũi tên của quy trình BPMN", import::MAX_BPMN_FLOWS, "không đọc: “quá nhiều mũi tên”"),
    limit(
        "ways",
        "Số đường từ một phần tử BPMN mà còn được đi tiếp qua cổng sau đó",
        import::MAX_BPMN_WAYS,
        "những đường còn lại không được viết ra, có ghi chú “quá rối”",
    ),
];
