//! Flows: steps, stages, parallel blocks, with every reference resolved.

use super::Named;
use super::organization::OrgId;
use super::procedure::{FieldValue, ProcedureId};
use super::time::Duration;
use crate::source::Place;
use smallvec::{SmallVec, smallvec};
use tthc_grammar::tree::{EndState, Join, Operator};

/// A step, by its place in [`Flow::steps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepId(pub usize);

/// A stage, parallel block, branch or insertion, by its place in [`Flow::blocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub usize);

/// An element of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// A step or a call.
    Step(StepId),
    /// A block.
    Block(BlockId),
}

/// Steps and blocks of a process, shared parts inserted.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    /// All steps, in the order of the table.
    pub steps: Vec<Step>,
    /// All blocks.
    pub blocks: Vec<Block>,
    /// The outermost elements, in order.
    pub body: Vec<Node>,
    /// The elements of `sau khi trả kết quả`: outside the limit and the graph.
    pub after: Vec<Node>,
    /// The block of the process.
    pub place: Option<Place>,
    /// `ghi chú` of the process, then of the steps after the result.
    pub notes: Vec<String>,
}

impl Flow {
    /// A step.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id.0]
    }
    /// A block.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0]
    }
    /// The blocks around an element, innermost first.
    pub fn around(&self, parent: Option<BlockId>) -> impl Iterator<Item = BlockId> + '_ {
        std::iter::successors(parent, |id| self.block(*id).parent)
    }
    /// The first row of an element.
    pub fn first_step(&self, node: Node) -> Option<StepId> {
        match node {
            Node::Step(step) => Some(step),
            Node::Block(block) => self.block(block).children.iter().filter_map(|child| self.first_step(*child)).min(),
        }
    }
    /// The name of a step with the stages and insertions it stands in: `II.3`, `ký.trả`.
    pub fn full_name(&self, id: StepId) -> String {
        let step = self.step(id);
        self.prefix(step.parent) + &step.named.name
    }
    /// The stages and insertions around an element, as they stand before its name: `II.`, `ký.`.
    pub fn prefix(&self, parent: Option<BlockId>) -> String {
        let around = self.around(parent).map(|block| self.block(block)).filter(|block| block.kind.prefixes());
        let mut names: Vec<&str> =
            around.filter_map(|block| block.named.as_ref()).map(|named| named.name.as_str()).collect();
        names.reverse();
        names.into_iter().flat_map(|name| [name, "."]).collect()
    }
}

/// What a block is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// `giai đoạn`, with its limit.
    Stage(Option<Duration>),
    /// `song song`
    Parallel(Join),
    /// `nhánh`
    Branch,
    /// `chèn`, with the part.
    Inserted(usize),
}

impl BlockKind {
    /// Its name stands before those of its steps.
    pub fn prefixes(&self) -> bool {
        matches!(self, BlockKind::Stage(_) | BlockKind::Inserted(_))
    }
}

/// A stage, parallel block, branch or insertion.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its name; none for an insertion without `đặt tên`.
    pub named: Option<Named>,
    /// What it is called.
    pub label: Option<String>,
    /// What it stands in.
    pub parent: Option<BlockId>,
    /// What stands in it.
    pub children: Vec<Node>,
    /// Texts by key: `kết quả`, `ghi chú`.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
    /// Where it stands.
    pub place: Place,
}

/// Who performs a step.
#[derive(Debug, Clone)]
pub enum Performers {
    /// One.
    One(Performer),
    /// Jointly.
    All(Vec<Performers>),
    /// One of them.
    Any(Vec<Performers>),
}

impl Performers {
    /// Every performer, in order.
    pub fn each(&self) -> SmallVec<[&Performer; 2]> {
        match self {
            Performers::One(performer) => smallvec![performer],
            Performers::All(list) | Performers::Any(list) => list.iter().flat_map(Performers::each).collect(),
        }
    }
}

/// One performer.
#[derive(Debug, Clone)]
pub struct Performer {
    /// Who.
    pub actor: Actor,
    /// `tại X`
    pub at: Option<OrgId>,
    /// The wording in print.
    pub wording: Option<String>,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// An agency, unit or role.
    Org(OrgId),
    /// `người nộp`
    Applicant,
    /// `hệ thống`
    System,
    /// `nơi tiếp nhận`
    ReceivingUnit,
    /// Could not be resolved, or a parameter of a part that is looked at by itself.
    Unknown,
}

/// The time of a step.
#[derive(Debug, Clone, Default)]
pub struct StepTime {
    /// How long; none: not given or `không quy định`.
    pub duration: Option<Duration>,
    /// `không quy định`
    pub unstated: bool,
    /// `không tính thời hạn`
    pub uncounted: bool,
    /// Why not.
    pub reason: Option<String>,
    /// Where it is said.
    pub place: Option<Place>,
}

/// `chậm nhất`
#[derive(Debug, Clone)]
pub struct Deadline {
    /// How long.
    pub duration: Duration,
    /// From the end of this step; none: from the arrival of the dossier.
    pub since: Option<StepId>,
    /// Where it is said.
    pub place: Place,
}

/// `quá hạn`
#[derive(Debug, Clone)]
pub enum Overdue {
    /// `cảnh báo`
    Remind,
    /// `coi như đồng ý`
    AsAgreed,
    /// `coi như <outcome>`
    AsOutcome(String),
    /// A target.
    Target(Box<Arrow>),
}

/// How a step goes on.
#[derive(Debug, Clone, Default)]
pub enum Exits {
    /// To the next element.
    #[default]
    Next,
    /// `chuyển: X`
    To(Box<Arrow>),
    /// `kết thúc: …`
    End(EndState, Place),
    /// `hướng xử lý`: somebody decides.
    Outcomes(Vec<Arrow>),
    /// `rẽ nhánh`: the first guard that holds.
    Choice(Vec<Arrow>),
}

impl Exits {
    /// The arrows that are written; what a timeout does is [`Step::overdue`].
    pub fn arrows(&self) -> &[Arrow] {
        match self {
            Exits::Outcomes(arrows) | Exits::Choice(arrows) => arrows,
            Exits::To(arrow) => std::slice::from_ref(arrow),
            _ => &[],
        }
    }
}

/// `điện tử { … }`
#[derive(Debug, Clone, Default)]
pub struct Electronic {
    /// 1–10, as in [`tthc_grammar::keywords::STATUSES`].
    pub status: Option<u8>,
    /// `ký số`
    pub digital_signature: Option<bool>,
    /// `thông báo`
    pub notify: Vec<String>,
    /// `ghi chú`
    pub notes: Vec<String>,
}

/// A step.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its name or printed number.
    pub named: Named,
    /// It has a printed number.
    pub numbered: bool,
    /// What it is called.
    pub label: String,
    /// The whole declaration.
    pub place: Place,
    /// From the keyword to before the block.
    pub head: Place,
    /// What it stands in.
    pub parent: Option<BlockId>,
    /// The places that inserted it, outermost first.
    pub inserted_at: Vec<Place>,
    /// A call of another procedure.
    pub call: Option<Call>,
    /// Who performs it.
    pub performers: Option<Performers>,
    /// Its time.
    pub time: StepTime,
    /// `loại`
    pub kinds: Vec<&'static str>,
    /// `biểu mẫu`
    pub forms: Vec<usize>,
    /// Texts by key.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
    /// `cần có mặt`
    pub presence: bool,
    /// `lịch`: working hours of its own.
    pub calendar: Option<usize>,
    /// `tiếp nhận sau 15 giờ: tính từ ngày làm việc tiếp theo`
    pub after_three: bool,
    /// `chậm nhất`
    pub deadline: Option<Deadline>,
    /// `quá hạn`
    pub overdue: Option<Overdue>,
    /// `điện tử`
    pub electronic: Option<Electronic>,
    /// How it goes on.
    pub exits: Exits,
}

/// A call of another procedure.
#[derive(Debug, Clone)]
pub struct Call {
    /// Which; none where it is not known.
    pub procedure: Option<ProcedureId>,
    /// Own field → theirs.
    pub mapping: Vec<(String, String)>,
}

/// A line of `hướng xử lý` or `rẽ nhánh`.
#[derive(Debug, Clone)]
pub struct Arrow {
    /// The outcome that is decided.
    pub outcome: Option<String>,
    /// The end of the called procedure for which it is taken.
    pub called_end: Option<EndState>,
    /// What it is called.
    pub label: Option<String>,
    /// For which dossiers.
    pub guard: Option<Guard>,
    /// `còn lại`
    pub otherwise: bool,
    /// Where it goes.
    pub target: Target,
    /// `tối đa n lần`
    pub max_times: Option<u32>,
    /// `hết lượt -> Y`
    pub exhausted: Option<Target>,
    /// What a round may cost.
    pub round: Option<Round>,
    /// `tính lại thời hạn`
    pub restarts: bool,
    /// `biểu mẫu` of the outcome.
    pub forms: Vec<usize>,
    /// Texts by key.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
    /// The whole line.
    pub place: Place,
}

/// What a round of a way back costs.
#[derive(Debug, Clone)]
pub enum Round {
    /// `trong thời gian đã định`: nothing.
    SetTime,
    /// `trong <duration>`
    Each(Duration),
    /// `trong <duration> tất cả`
    All(Duration),
}

/// Where an arrow goes.
#[derive(Debug, Clone)]
pub enum Target {
    /// To the next element.
    Next,
    /// To a step or block ahead.
    To(Node),
    /// `quay lại X`
    Back(Node),
    /// An end.
    End {
        /// Which.
        state: EndState,
        /// `dừng mọi nhánh`
        stop_all: bool,
    },
    /// A wait that is no row of the table.
    Wait {
        /// None: for a supplement of the applicant.
        reason: Option<String>,
        /// How long at most.
        limit: Option<Duration>,
        /// And then.
        then: Box<Target>,
    },
    /// Could not be resolved.
    Unknown,
}

/// A condition, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// One of them.
    Or(Vec<Guard>),
    /// All of them.
    And(Vec<Guard>),
    /// Not.
    Not(Box<Guard>),
    /// A field, by its place in the procedure's list, against a value.
    Field(usize, Operator, FieldValue),
    /// The last outcome of an earlier step.
    Outcome(StepId, String),
    /// An event outside: `có "…"`.
    Event(String),
    /// Could not be resolved; the words of the source, where there are any.
    Unknown(String),
}
