//! The types of the file; the names of fields are those of the software.

use schemars::JsonSchema;
use serde::Serialize;

/// A case of a procedure (trường hợp thủ tục).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TruongHop {
    /// Its id, a GUID: the `truongHopId` of its nodes.
    pub id: String,
    /// Its name.
    #[schemars(length(max = 4000))]
    pub ten: String,
    /// Its code.
    #[schemars(length(max = 200))]
    pub ma: String,
    /// The time limit in hours, eight to a day; 0 where there is none.
    #[schemars(range(min = 0))]
    pub thoi_gian_thuc_hien: f64,
    /// Of which kind the days are.
    pub loai_thoi_gian_thuc_hien: ClockWord,
    /// The nodes, as the text of a JSON array.
    pub node_quy_trinh: String,
    /// The edges, as the text of a JSON array.
    pub edge_quy_trinh: String,
}

/// Of which kind days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) enum ClockWord {
    /// Working days.
    #[serde(rename = "Ngày làm việc")]
    Working,
    /// Calendar days.
    #[serde(rename = "Ngày")]
    Calendar,
}

/// What a node is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum NodeType {
    #[serde(rename = "startNode")]
    Start,
    #[serde(rename = "customNode")]
    Custom,
    #[serde(rename = "endNode")]
    End,
}

/// A place on the canvas.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Position {
    pub x: i32,
    pub y: i32,
}

/// A node of React Flow.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Node {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: NodeType,
    pub position: Position,
    pub position_absolute: Position,
    pub width: i32,
    pub height: i32,
    pub deletable: bool,
    pub data: NodeData,
}

/// What the software knows of a step.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NodeData {
    pub id: String,
    pub truong_hop_id: String,
    pub ten_buoc_xu_ly: String,
    /// Hours.
    pub thoi_gian_xu_ly: f64,
    /// Hours for a dossier filed online.
    pub thoi_gian_thuc_hien_truc_tuyen: f64,
    pub loai_thoi_gian: ClockWord,
    pub ten_nhom_nguoi_dung: Option<String>,
    /// 1–10, as text.
    pub ma_trang_thai_ho_so: String,
    pub ten_trang_thai_ho_so: String,
}

/// An edge of React Flow.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Edge {
    pub id: String,
    pub source: String,
    pub target: String,
    pub source_handle: Option<String>,
    pub target_handle: Option<String>,
    pub label: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// The schema of the file.
pub(super) fn schema() -> String {
    crate::target::schema_of::<TruongHop>()
}
