//! The command line of `tthc`: arguments and files in, text out; nothing is decided here.

mod build;
mod check;
mod completions;
mod console;
mod day;
mod diff;
mod doc;
mod due;
mod english;
mod errors;
mod explain;
mod files;
mod fix;
mod fmt;
mod graph;
mod import;
mod interrupt;
mod judge;
mod lsp;
mod names;
mod new;
mod produce;
mod progress;
mod render;
mod report;
mod schema;
mod settings;
mod usage;
mod workspace;
mod write;

use clap::{Args, FromArgMatches, Parser, Subcommand};
use console::{Color, Console, Failure, Lang, Status};
use std::process::ExitCode;
use tthc_compiler::diagnostic::Language;
use tthc_compiler::target::Target;

/// Trees of thousands of small pieces are made and dropped on every core.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Kiểm tra và biên dịch quy trình giải quyết thủ tục hành chính
#[derive(Parser)]
#[command(
    name = "tthc",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true,
    subcommand_value_name = "LỆNH",
    subcommand_help_heading = "Lệnh"
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
    /// In phiên bản
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// Ngôn ngữ của thông báo
    #[arg(long, global = true, value_name = "vi|en", default_value = "vi", hide_default_value = true)]
    #[arg(hide_possible_values = true, display_order = 100)]
    lang: Lang,
    /// Màu chữ (mặc định: auto, chỉ trên màn hình)
    #[arg(long, global = true, value_name = "auto|always|never", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true, display_order = 101)]
    color: Color,
    /// In hướng dẫn này
    #[arg(short, long, global = true, action = clap::ArgAction::Help, display_order = 102)]
    help: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    /// Kiểm tra các tệp, in những gì tìm thấy
    Check(check::Check),
    /// Biên dịch các thủ tục không có lỗi
    Build(build::Build),
    /// Viết văn bản quy trình nội bộ của các thủ tục không có lỗi, kèm sơ đồ
    Doc(doc::Doc),
    /// So sánh hai bản: bước, thời gian, cơ quan, giấy tờ khác nhau thế nào, giảm được gì
    Diff(diff::Diff),
    /// In thời gian lâu nhất, thời gian còn dư và kết quả xét 4 tại chỗ của từng thủ tục
    Report(report::Report),
    /// Tính ngày hẹn trả kết quả theo lịch quốc gia
    Due(due::Due),
    /// Vẽ sơ đồ quy trình
    Graph(graph::Graph),
    /// Viết lại các tệp theo cách trình bày chuẩn
    Fmt(fmt::Fmt),
    /// Viết một tệp .tthc đầu tiên từ bảng CSV, Excel, từ BPMN hoặc quy trình E-PAR đang có
    Import(import::Import),
    /// Giải thích một mã lỗi; không có mã: danh sách các quy tắc
    Explain(explain::Explain),
    /// Tạo thư mục của một dự án mới
    New(new::New),
    /// In JSON Schema của kết quả biên dịch
    Schema(schema::Schema),
    /// In phần tự hoàn thành lệnh cho bash, zsh, fish, elvish hoặc powershell
    Completions(completions::Completions),
    /// Chạy máy chủ ngôn ngữ (LSP) qua stdin và stdout
    // Some editors say `--stdio`; there is no other way.
    #[command(arg = clap::Arg::new("stdio").long("stdio").hide(true).action(clap::ArgAction::SetTrue))]
    Lsp,
}

/// The grammar of the arguments, with its help in a language.
fn grammar(language: Language) -> clap::Command {
    let worded = |command| match language {
        Language::Vi => in_vietnamese(listed(command)),
        Language::En => listed(in_english(command)),
    };
    worded(<Cli as clap::CommandFactory>::command()).mut_subcommands(worded)
}

/// Puts the words that clap itself writes into help.
fn in_vietnamese(mut command: clap::Command) -> clap::Command {
    let usage = command.render_usage().to_string().replace("Usage: ", "").replace("[OPTIONS]", "[tùy chọn]");
    let usage = if usage.starts_with("tthc") { usage } else { format!("tthc {usage}") };
    command.override_usage(usage).help_template("{about}\n\nCách dùng: {usage}\n\n{all-args}").mut_args(|argument| {
        let heading = if argument.is_positional() { "Tham số" } else { "Tùy chọn" };
        argument.help_heading(heading)
    })
}

/// Puts English help in the place of the Vietnamese.
fn in_english(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_string();
    let command = match english::text(&name, "") {
        Some(about) => command.about(about),
        None => command,
    };
    command.subcommand_value_name("COMMAND").subcommand_help_heading("Commands").mut_args(|argument| {
        let names = argument.get_value_names().into_iter().flatten();
        let names: Vec<_> = names.map(|name| english::value(name).map_or(name.clone(), |name| name.into())).collect();
        let argument = match english::text(&name, argument.get_id().as_str()) {
            Some(help) => argument.help(help),
            None => argument,
        };
        if names.is_empty() {
            return argument;
        }
        argument.value_names(names)
    })
}

/// Says what there is to choose from, where that is a list of the compiler.
fn listed(command: clap::Command) -> clap::Command {
    let list = match command.get_name() {
        "build" => ("target", names::list(tthc_compiler::target::ALL)),
        "schema" => ("target", names::list(&with_schema())),
        "import" => ("from", names::list(tthc_compiler::import::ALL)),
        _ => return command,
    };
    command.mut_arg(list.0, |argument| {
        let help = argument.get_help().map(|help| format!("{help}: {}", list.1)).unwrap_or_default();
        argument.help(help)
    })
}

fn with_schema() -> Vec<&'static Target> {
    tthc_compiler::target::ALL.iter().copied().filter(|target| target.schema.is_some()).collect()
}

fn main() -> ExitCode {
    let parsed = grammar(usage::language()).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => run(cli),
        Err(error) => usage::report(&error),
    }
}

fn run(cli: Cli) -> ExitCode {
    let console = Console::new(cli.common.lang.into(), cli.common.color);
    interrupt::wait_for_files(cli.common.lang.into());
    let outcome = match cli.command {
        Command::Check(command) => command.run(&console),
        Command::Build(command) => command.run(&console),
        Command::Doc(command) => command.run(&console),
        Command::Diff(command) => command.run(&console),
        Command::Report(command) => command.run(&console),
        Command::Due(command) => command.run(&console),
        Command::Graph(command) => command.run(&console),
        Command::Fmt(command) => command.run(&console),
        Command::Import(command) => command.run(&console),
        Command::Explain(command) => command.run(&console),
        Command::New(command) => command.run(&console),
        Command::Schema(command) => command.run(&console),
        Command::Completions(command) => command.run(&console),
        Command::Lsp => lsp::run(&console),
    };
    match outcome {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Err(Failure(message)) => {
            console.failure(&message);
            ExitCode::from(2)
        }
    }
}
