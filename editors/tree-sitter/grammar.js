/**
 * The syntax of .tthc for editors that colour and fold without asking the language server.
 *
 * A phrase is one token: its syllables stand apart by blanks, never by a line end, and it may be written without
 * diacritics. Which words there are says keywords.json, which is made from the compiler's own table. The text is read
 * in NFC; what it means is for the server.
 */

const { words, keys, phrases, ends } = require("./keywords.json");

const BLANKS = "[ \\t\\u00A0]+";
const NAME = /[\p{L}][\p{L}\p{M}\p{N}_]*/;

/** One token for all spellings of phrases; with `end` behind each. */
function any(spellings, end = "") {
  const one = (phrase) => phrase.split(" ").join(BLANKS) + end;
  return new RegExp(spellings.map(one).join("|"));
}

/** A key and its colon: what tells `cơ quan: SXD` from `cơ quan SXD`. */
const key = (kind) => token(any(keys[kind], "[ \\t\\u00A0]*:"));

/** A word of the language, as every query sees it. */
const k = ($, word) => alias($[`_${word}`], $.keyword);

const list = (rule) => seq(rule, repeat(seq(",", rule)));

/** keyword, name, label, what the kind puts in the head, block */
const declaration = ($, keyword, ...head) =>
  seq(keyword, field("name", $.name), optional(field("label", $.string)), ...head, optional($.block));

module.exports = grammar({
  name: "tthc",
  externals: ($) => [$.block_comment],
  extras: ($) => [/[\s\u00A0\uFEFF]/, $.line_comment, $.doc_comment, $.block_comment],
  rules: {
    source_file: ($) => repeat($._statement),

    _statement: ($) =>
      choice(
        $.import, $.defaults, $.agency, $.role, $.unit, $.posting, $.delegation, $.assignment, $.form, $.calendar,
        $.procedure, $.process, $.case, $.after, $.papers, $.fields, $.electronic, $.stage, $.step, $.parallel, $.branch,
        $.part, $.insert, $.call, $.outcomes, $.choice, $.attribute, $.uncounted,
      ),
    block: ($) => seq("{", repeat($._statement), "}"),

    // ---- declarations
    import: ($) => seq(k($, "import"), list($.string)),
    defaults: ($) => seq(k($, "defaults"), $.block),
    agency: ($) => declaration($, k($, "agency")),
    role: ($) => declaration($, k($, "role")),
    unit: ($) => declaration($, k($, "unit")),
    posting: ($) => seq(k($, "post"), list($.reference), k($, "to"), $.reference),
    delegation: ($) => seq(k($, "delegate"), $.reference, k($, "replacing"), $.reference, optional(seq(k($, "at"), $.reference)), optional($.block)),
    assignment: ($) => seq(k($, "assign"), $.reference, k($, "signing_for"), $.reference, optional($.block)),
    form: ($) => declaration($, k($, "form")),
    calendar: ($) => seq(k($, "calendar"), optional(field("name", $.name)), optional(field("label", $.string)), $.block),
    procedure: ($) => declaration($, k($, "procedure")),
    process: ($) => choice(declaration($, k($, "process")), seq(k($, "process"), $.block)),
    case: ($) => declaration($, k($, "case"), optional($.guard)),
    after: ($) => seq(k($, "after"), $.block),
    papers: ($) => seq(k($, "papers"), "{", repeat($.paper), "}"),
    paper: ($) => seq(field("title", $.string), optional($.block)),
    fields: ($) => seq(k($, "fields"), "{", repeat($.field), "}"),
    field: ($) => seq(field("name", $.name), optional(field("label", $.string)), ":", choice($.flag_type, $.number_type, $.values)),
    flag_type: ($) => seq(k($, "yes"), "/", k($, "not")),
    number_type: ($) => seq(k($, "number_type"), optional($.string)),
    values: ($) => seq($.value, repeat(seq("|", $.value))),
    value: ($) => seq(field("name", $.name), optional(field("label", $.string))),
    electronic: ($) => seq(k($, "electronic"), $.block),
    part: ($) =>
      seq(k($, "part"), field("name", $.name), optional($.parameters), optional(field("label", $.string)), optional($.block)),
    parameters: ($) => seq("(", optional(list($.name)), ")"),

    // ---- the flow
    stage: ($) => declaration($, k($, "stage")),
    // A clause belongs to the step before it.
    step: ($) =>
      prec.right(seq(k($, "step"), field("name", choice($.name, alias($._ordinal, $.number))), optional(field("label", $.string)), repeat($._clause), optional($.block))),
    _clause: ($) => choice($.performed_by, $.takes, $.uncounted),
    performed_by: ($) => seq(k($, "do"), $._performers),
    takes: ($) => seq(k($, "within"), choice($.duration, $.unstated, $.name)),
    // The reason belongs to it, wherever a string may follow.
    uncounted: ($) => prec.right(seq(k($, "uncounted"), optional($.string))),
    parallel: ($) => declaration($, k($, "parallel"), optional($.join)),
    join: ($) => choice(k($, "wait_all"), seq(k($, "wait_some"), $.number, k($, "branch"))),
    branch: ($) => declaration($, k($, "branch")),
    insert: ($) => seq(k($, "insert"), field("name", $.name), optional($.arguments), optional(seq(k($, "named"), field("alias", $.name)))),
    arguments: ($) => seq("(", optional(list(choice($.duration, $.string, $.reference))), ")"),
    call: ($) => declaration($, k($, "call"), optional($.mapping)),
    mapping: ($) => seq("(", optional(list(seq($.name, "=", $.name))), ")"),
    outcomes: ($) => seq(k($, "outcomes"), $.arrows),
    choice: ($) => seq(k($, "choice"), $.arrows),
    arrows: ($) => seq("{", repeat($.arrow), "}"),
    arrow: ($) =>
      seq(
        choice(
          seq(field("outcome", choice($.name, $.end_state)), optional(field("label", $.string)), optional($.guard)),
          $.guard,
          $.otherwise,
        ),
        $._arrow_sign, $._target, optional($.block),
      ),
    otherwise: ($) => $._otherwise,
    _arrow_sign: ($) => choice("->", "→"),

    // ---- where to
    _target: ($) => seq($._core, repeat(seq(optional(","), $._modifier))),
    _core: ($) => choice($.next, $.back, $.end, $.wait, $.reference),
    next: ($) => $._next,
    back: ($) => seq(choice(k($, "back"), k($, "back_alias")), $.reference),
    end: ($) => seq(optional(seq(k($, "stop_all"), optional(","))), k($, "end"), $.end_state),
    wait: ($) =>
      seq(choice(k($, "wait_supplement"), seq(k($, "wait"), $.string)), optional(seq(k($, "at_most"), $.duration)), k($, "then"), $._core),
    _modifier: ($) => choice($.at_most, $.exhausted, $.set_time, $.round, $.restart),
    at_most: ($) => seq(k($, "at_most"), $.number, k($, "times")),
    exhausted: ($) => seq(k($, "exhausted"), $._arrow_sign, $._core),
    set_time: ($) => $._set_time,
    round: ($) => seq(k($, "within"), $.duration, optional(k($, "all"))),
    restart: ($) => $._restart,

    // ---- conditions: không > và > hoặc
    guard: ($) => seq(k($, "when"), $._condition),
    _condition: ($) => choice($.or, $.and, $.not, $.comparison, $.event, seq("(", $._condition, ")")),
    or: ($) => prec.left(1, seq($._condition, k($, "or"), $._condition)),
    and: ($) => prec.left(2, seq($._condition, k($, "and"), $._condition)),
    not: ($) => prec(3, seq(k($, "not"), $._condition)),
    event: ($) => seq(k($, "yes"), $.string),
    comparison: ($) =>
      seq($.reference, optional(choice(seq($.operator, $._literal), seq(k($, "in"), "{", list($._literal), "}")))),
    operator: () => choice("=", "≠", "!=", "<", "≤", "<=", ">", "≥", ">="),
    _literal: ($) => choice($.name, seq($.number, optional(k($, "dong"))), $.string, $.boolean),
    boolean: ($) => choice($._yes, $._not),

    // ---- attributes, by the kind of their value
    attribute: ($) =>
      choice(
        seq(field("key", alias($._text_key, $.key)), list($.string)),
        seq(field("key", alias($._closed_key, $.key)), list(choice($.phrase, $.number))),
        seq(field("key", alias($._names_key, $.key)), $._performers),
        seq(field("key", alias($._duration_key, $.key)), $._limit),
        seq(field("key", $.share), ":", $._limit),
        seq(field("key", alias($._target_key, $.key)), $._target),
        seq(field("key", alias($._end_key, $.key)), $.end_state),
        seq(field("key", alias($._overdue_key, $.key)), choice($.as_if, $.remind, $._target)),
        seq(field("key", alias($._period_key, $.key)), $.period),
        seq(field("key", alias($._count_key, $.key)), $.number),
        seq(field("key", alias($._money_key, $.key)), choice($.money, list($.string), $.boolean)),
        seq(field("key", alias($._days_key, $.key)), list($.date)),
        seq(field("key", alias($._hours_key, $.key)), list($.hours)),
      ),
    share: ($) => seq(k($, "share"), $.reference),
    _limit: ($) => seq(choice($.duration, $.unstated, $.name), optional($.since), optional($.guard)),
    since: ($) => seq(k($, "since"), choice(k($, "reception"), $.reference)),
    as_if: ($) => seq(k($, "as_if"), choice(k($, "agreed"), $.name)),
    remind: ($) => $._remind,
    period: ($) => seq(k($, "from"), $.date, optional(seq(k($, "to"), $.date))),
    money: ($) => seq($.number, k($, "dong")),
    duration: ($) => seq($.number, $.time_unit, repeat(seq("+", $.number, $.time_unit))),
    time_unit: ($) => choice($._working_hours, $._working_days, $._minutes, $._hours, $._days, $._months),
    unstated: ($) => $._unstated,

    // ---- who
    _performers: ($) => seq($._performer, repeat(seq(choice(",", k($, "and"), k($, "or")), $._performer))),
    _performer: ($) => choice($.performer, seq("(", $._performers, ")")),
    // A wording in print, and where: in either order.
    performer: ($) =>
      seq(
        choice($.reference, $.somebody),
        optional(choice($._place, seq(field("wording", $.string), optional($._place)), seq($._place, field("wording", $.string)))),
      ),
    _place: ($) => seq(k($, "at"), $.reference),
    somebody: ($) => choice(k($, "receiving_unit"), k($, "applicant"), k($, "system")),

    // `bước II.3`, `phòng_A.chuyên_viên`, `ký.trả`
    reference: ($) => seq(optional(k($, "step")), $._segment, repeat(seq(token.immediate("."), $._segment))),
    _segment: ($) => choice($.name, alias($._ordinal, $.number)),

    // ---- words. Phrases come before names: of two tokens of one length the first is taken.
    ...Object.fromEntries(Object.entries(words).map(([rule, spellings]) => [`_${rule}`, () => token(any(spellings))])),
    ...Object.fromEntries(Object.keys(keys).map((kind) => [`_${kind}_key`, () => key(kind)])),
    end_state: () => token(any(ends)),
    phrase: () => token(any(phrases)),
    string: () => /"([^"\\]|\\.)*"/,
    date: () => /\d{1,2}\/\d{1,2}\/\d{4}/,
    hours: () => /\d{1,2}:\d{2}[ \t]*[-–][ \t]*\d{1,2}:\d{2}/,
    number: () => /\d+([.,\/]\d+)*/,
    // As steps are numbered in print: 2.1, 3a.
    _ordinal: () => /\d+[a-z]?(\.\d+[a-z]?)*/,
    name: () => NAME,
    doc_comment: () => /\/\/\/[^\n]*/,
    line_comment: () => /\/\/[^\n]*/,
  },
});
