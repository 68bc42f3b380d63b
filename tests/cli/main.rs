//! The command line as a user has it: the built program, real folders, exit statuses and streams.
#![allow(clippy::unwrap_used)]

mod build;
mod check;
mod diff;
mod doc;
mod due;
mod fix;
mod fmt;
mod formats;
mod graph;
mod hostile;
mod import;
mod lsp;
mod projects;
mod words;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A procedure in which nothing is wrong.
pub const GOOD: &str = r#"
cơ quan SXD "Sở Xây dựng" {
  cấp: tỉnh
  một cửa: có
  thẩm quyền ký: có
  vai trò chuyên_viên "Chuyên viên"
}
thủ tục cấp_phép "Cấp giấy phép" {
  mã: "1.009974"
  căn cứ: "Luật Xây dựng, Điều 102"
  cơ quan thực hiện: SXD
  thẩm quyền: SXD
  tiếp nhận tại: SXD
  thời hạn: 3 ngày làm việc
  quy trình {
    bước 1 "Tiếp nhận hồ sơ" do chuyên_viên trong 1 ngày làm việc {
      loại: tiếp nhận
      hướng xử lý {
        đầy_đủ  -> tiếp
        chưa_đủ -> kết thúc trả hồ sơ
      }
    }
    bước 2 "Thẩm định, phê duyệt" do SXD trong 1 ngày làm việc { loại: phê duyệt }
    bước 3 "Trả kết quả" do chuyên_viên trong 1 ngày làm việc { loại: trả kết quả }
  }
}
"#;

/// A folder of its own, outside of any project.
pub struct Place {
    folder: TempDir,
}

/// What a run of the program has left.
pub struct Run {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Place {
    /// An empty folder.
    pub fn empty() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with one file.
    pub fn with(path: &str, text: &str) -> Place {
        let place = Place::empty();
        place.write(path, text);
        place
    }

    /// Where something in it lies.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file and the folders on the way.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The names of everything in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program here.
    pub fn tthc(&self, arguments: &[&str]) -> Run {
        self.tthc_reading(arguments, b"")
    }

    /// Runs the program here with something on its standard input.
    pub fn tthc_reading(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = command(self.folder.path(), arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input closes it.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

/// The program in a folder, its streams in pipes, uninfluenced by the environment.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tthc"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// A text with one part in the place of another that must be there.
pub fn but(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no {old:?}");
    text.replace(old, new)
}
