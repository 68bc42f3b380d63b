//! The help in English: the Vietnamese stands beside the arguments themselves.

/// Command (none: all of them), argument (none: the command itself), text.
const TEXTS: &[(&str, &str, &str)] = &[
    ("tthc", "", "Checks and compiles the processes by which administrative procedures are handled"),
    ("check", "", "Check files, and print what is found"),
    ("build", "", "Compile the procedures without errors"),
    ("doc", "", "Write the documents of the procedures without errors, with their diagrams"),
    ("diff", "", "Compare two versions: steps, times, agencies, papers, and what is saved"),
    ("report", "", "Print longest times, slack, and whether all can be done at the one-stop unit"),
    ("due", "", "Count by when a result is due, by the national calendar"),
    ("graph", "", "Draw processes"),
    ("fmt", "", "Lay files out in the one way"),
    ("import", "", "Write a first .tthc of a table in CSV or Excel, a drawing in BPMN or an E-PAR workflow"),
    ("explain", "", "Explain a code; without one, list the rules"),
    ("new", "", "Make the folder of a new project"),
    ("schema", "", "Print the JSON Schema of what is built"),
    ("completions", "", "Print completions for bash, zsh, fish, elvish or powershell"),
    ("lsp", "", "Run the language server (LSP) on standard input and output"),
    ("", "paths", "Files or folders; none: the whole project; '-': standard input"),
    ("", "path", "File or folder; '-': standard input"),
    ("", "out", "Folder for the results; nothing is written outside of it"),
    ("", "target", "What to compile to (default: json)"),
    ("", "date", "Judge laws, agencies and delegations as of this day; none: when each process is in force"),
    ("", "lang", "Language of messages"),
    ("", "color", "Colours (default: auto, only on a terminal)"),
    ("", "help", "Print this help"),
    ("", "version", "Print the version"),
    ("check", "format", "Form of the results (default: human)"),
    ("check", "deny", "Let warnings and notes fail too"),
    ("check", "fix", "Mend what can be mended without changing what is meant"),
    ("doc", "format", "Form of the documents (default: html)"),
    ("diff", "old", "Old version: file or folder"),
    ("diff", "new", "New version: file or folder"),
    ("diff", "format", "Form of the results (default: human)"),
    ("report", "format", "Form of the results (default: table)"),
    ("due", "from", "Days of receipt, with an hour or without: 17/08/2026, \"17/08/2026 15:20\""),
    ("due", "period", "The limit, in the words of the language: \"3 ngày làm việc\", \"15 ngày\", \"4 giờ làm việc\""),
    ("due", "count", "law: by the Civil Code (default); office: as one-stop software counts, from the receipt on"),
    ("due", "after_three", "What comes after 15:00 counts from the next working day"),
    ("graph", "format", "Form of the drawing (default: svg)"),
    ("graph", "procedure", "Draw only the procedure of this name"),
    ("graph", "out", "File for the drawing; none: standard output"),
    ("fmt", "paths", "Files or folders; none: the whole project"),
    ("fmt", "check", "Write nothing, only name the files that are laid out otherwise"),
    ("fmt", "stdin", "Read standard input, write standard output"),
    ("import", "file", "An existing file; '-': standard input"),
    ("import", "from", "Format of the file (default: seen from what is in it)"),
    ("import", "out", "The .tthc to write, which is not there yet; none: standard output"),
    ("explain", "code", "Code or name of a rule, as T101; none: list the rules"),
    ("new", "name", "Folder of the project: not there yet, or empty"),
    ("completions", "shell", "Name of the shell"),
];

/// What stands for a value.
const VALUES: &[(&str, &str)] = &[
    ("ĐƯỜNG DẪN", "PATH"),
    ("THƯ MỤC", "FOLDER"),
    ("ĐÍCH", "TARGET"),
    ("NĂM-THÁNG-NGÀY", "YEAR-MONTH-DAY"),
    ("CŨ", "OLD"),
    ("MỚI", "NEW"),
    ("NGÀY", "DAY"),
    ("THỜI HẠN", "LIMIT"),
    ("TÊN", "NAME"),
    ("TỆP", "FILE"),
    ("DẠNG", "FORMAT"),
    ("MÃ", "CODE"),
];

/// The help of an argument; of the command itself where that is empty.
pub fn text(command: &str, argument: &str) -> Option<&'static str> {
    let of = |command: &str| TEXTS.iter().find(|(own, of, _)| *own == command && *of == argument);
    of(command).or_else(|| of("")).map(|(.., text)| *text)
}

/// What stands for a value, where that is not the same in both.
pub fn value(vietnamese: &str) -> Option<&'static str> {
    VALUES.iter().find(|(vi, _)| *vi == vietnamese).map(|(_, en)| *en)
}
