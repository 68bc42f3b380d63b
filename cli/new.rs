//! `tthc new`

use crate::console::{Console, Failure, Outcome, Status, failure};
use crate::files::unwritable;
use crate::settings;
use crate::write;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use tthc_compiler::diagnostic::say;

/// What a new project holds.
const FILES: [(&str, &str); 3] = [
    (settings::FILE, include_str!("templates/tthc.toml")),
    ("chung/cơ_quan.tthc", include_str!("templates/cơ_quan.tthc")),
    ("thủ_tục/cấp_bản_sao_từ_sổ_gốc.tthc", include_str!("templates/cấp_bản_sao_từ_sổ_gốc.tthc")),
];

/// The arguments of `tthc new`.
#[derive(Args)]
pub struct New {
    /// Thư mục của dự án; phải chưa có, hoặc đang trống
    #[arg(value_name = "TÊN")]
    name: PathBuf,
}

impl New {
    /// Makes the folder of a project with an example in it.
    pub fn run(self, console: &Console) -> Outcome {
        let folder = self.name;
        if occupied(&folder)? {
            let folder = folder.display();
            return Err(failure(
                format!("'{folder}' đã có và không trống"),
                format!("'{folder}' exists and is not empty"),
            ));
        }
        for (path, text) in FILES {
            let place = folder.join(path);
            place
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| write::replace(&place, text.as_bytes()))
                .map_err(|error| unwritable(&place, &error))?;
        }
        let folder = folder.display();
        console.note(&say(
            format!("đã tạo dự án trong '{folder}'; kiểm tra: tthc check '{folder}'"),
            format!("made a project in '{folder}'; check it: tthc check '{folder}'"),
        ));
        Ok(Status::Clean)
    }
}

/// Whether something is there that could be overwritten.
fn occupied(folder: &Path) -> Result<bool, Failure> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(false);
    }
    if !folder.is_dir() {
        return Ok(true);
    }
    let mut entries = fs::read_dir(folder).map_err(|error| unwritable(folder, &error))?;
    Ok(entries.next().is_some())
}
