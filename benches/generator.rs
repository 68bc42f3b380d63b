//! Makes projects of any size: agencies and shared parts in two files, and procedures shaped like the examples.
//! The same seed gives the same bytes. Nothing is to be found in what it makes.

use fastrand::Rng;
use std::fmt::Write;

/// A file of a project.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Relative to the project's root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The departments; each has the same units and roles.
const DEPARTMENTS: [(&str, &str); 6] = [
    ("STC", "Sở Tài chính"),
    ("SXD", "Sở Xây dựng"),
    ("SNV", "Sở Nội vụ"),
    ("SYT", "Sở Y tế"),
    ("SNNMT", "Sở Nông nghiệp và Môi trường"),
    ("SKHCN", "Sở Khoa học và Công nghệ"),
];

const SUBJECTS: [&str; 6] = [
    "Cấp giấy phép hoạt động",
    "Công nhận kết quả",
    "Phê duyệt dự án",
    "Chấp thuận chủ trương",
    "Cấp giấy chứng nhận",
    "Thay đổi trụ sở",
];

/// What the long texts of a table are made of.
const SENTENCES: [&str; 6] = [
    "Trường hợp hồ sơ đầy đủ, hợp lệ thì số hóa thành phần hồ sơ và chuyển ngay đến bộ phận chuyên môn để giải quyết.",
    "Chuyên viên được giao xử lý hồ sơ có trách nhiệm tổ chức thẩm định, dự thảo văn bản trình lãnh đạo phòng xem xét.",
    "Kể từ ngày nhận được văn bản, cơ quan được lấy ý kiến có ý kiến về nội dung thuộc phạm vi quản lý của mình.",
    "Trường hợp hồ sơ chưa đủ điều kiện thì thông báo bằng văn bản, nêu rõ lý do và nội dung cần bổ sung, hoàn thiện.",
    "Lãnh đạo phòng xem xét hồ sơ, xác nhận dự thảo kết quả giải quyết trước khi trình lãnh đạo Sở ký duyệt.",
    "Xác nhận trên Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh; thông báo cho tổ chức, cá nhân.",
];

/// Agencies and shared parts, and as many procedures of about so many bytes each, one after another.
pub fn files(seed: u64, procedures: usize, bytes: usize) -> impl Iterator<Item = Generated> {
    let mut random = Rng::with_seed(seed);
    let procedures = (1..=procedures).map(move |number| procedure(&mut random, number, bytes));
    [agencies(), parts()].into_iter().chain(procedures)
}

/// The same at once.
#[allow(dead_code)] // whoever writes them needs only one at a time
pub fn project(seed: u64, procedures: usize, bytes: usize) -> Vec<Generated> {
    files(seed, procedures, bytes).collect()
}

fn agencies() -> Generated {
    let mut text = String::from("// Cơ quan của tỉnh.\n\n");
    text.push_str("cơ quan TTPVHCC \"Trung tâm Phục vụ hành chính công tỉnh\" {\n  cấp: tỉnh\n  một cửa: có\n");
    text.push_str("  vai trò một_cửa \"Công chức tiếp nhận và trả kết quả\"\n}\n");
    text.push_str("cơ quan UBND_tỉnh \"Ủy ban nhân dân tỉnh\" {\n  cấp: tỉnh\n  thẩm quyền ký: có\n}\n");
    for (id, label) in DEPARTMENTS {
        let _ = write!(
            text,
            "cơ quan {id} \"{label}\" {{\n  cấp: tỉnh\n  vai trò lãnh_đạo_sở \"Lãnh đạo Sở\" {{ thẩm quyền ký: có }}\n  \
             vai trò văn_thư \"Văn thư Sở\"\n  bộ phận phòng_nghiệp_vụ \"Phòng Nghiệp vụ\" {{\n    \
             vai trò lãnh_đạo \"Lãnh đạo phòng\"\n    vai trò chuyên_viên \"Chuyên viên xử lý hồ sơ\"\n  }}\n}}\n"
        );
    }
    text.push_str("cơ quan các_sở_được_xin_ý_kiến \"Các Sở, ban, ngành được xin ý kiến\" {\n");
    text.push_str("  loại: nhóm cơ quan\n  cấp: tỉnh\n}\n");
    Generated { path: "chung/cơ_quan.tthc".into(), text }
}

fn parts() -> Generated {
    let text = "/// Bước đầu của mọi bảng.
phần dùng chung tiếp_nhận(hạn) {
  bước 1 \"Kiểm tra, tiếp nhận hồ sơ\" do nơi tiếp nhận trong hạn {
    loại: tiếp nhận
    hướng xử lý {
      đầy_đủ \"Hồ sơ đầy đủ, hợp lệ\" -> tiếp { biểu mẫu: mẫu_01 }
      chưa_đủ \"Hồ sơ chưa đầy đủ, hợp lệ\" -> kết thúc trả hồ sơ { biểu mẫu: mẫu_02 }
      từ_chối \"Từ chối nhận hồ sơ\" -> kết thúc từ chối tiếp nhận { biểu mẫu: mẫu_03 }
    }
  }
}
/// Trình và ký.
phần dùng chung trình_ký(hạn) {
  bước xem_xét \"Xem xét, trình Lãnh đạo Sở\" do phòng_nghiệp_vụ.lãnh_đạo trong hạn { loại: xem xét, trình ký }
  bước ký \"Ký duyệt\" do lãnh_đạo_sở trong hạn {
    loại: ký duyệt
    hướng xử lý {
      đồng_ý \"Ký duyệt văn bản\" -> tiếp
      không_đồng_ý \"Chuyển lại\" -> quay lại xem_xét, trong thời gian đã định
    }
  }
}
";
    Generated { path: "chung/phần_dùng_chung.tthc".into(), text: text.into() }
}

/// A table as it grows.
struct Table<'r> {
    text: String,
    number: usize,
    /// Quarters of a working day that the longest run takes.
    quarters: usize,
    random: &'r mut Rng,
}

impl Table<'_> {
    /// A quarter of a day to three days.
    fn time(&mut self) -> usize {
        self.random.usize(1..=12)
    }

    fn sentence(&mut self) -> &'static str {
        SENTENCES[self.random.usize(..SENTENCES.len())]
    }

    /// Opens a row; its block is left open.
    fn row(&mut self, label: &str, performer: &str, kinds: &str) {
        let quarters = self.time();
        self.timed_row(label, performer, kinds, quarters);
    }

    fn timed_row(&mut self, label: &str, performer: &str, kinds: &str, quarters: usize) {
        self.number += 1;
        self.quarters += quarters;
        let (number, time, content) = (self.number, days(quarters), self.sentence());
        let _ = write!(
            self.text,
            "    bước {number} \"{label}\" do {performer} trong {time} ngày làm việc {{\n      loại: {kinds}\n      \
             nội dung: \"{content}\"\n"
        );
    }

    fn close(&mut self) {
        self.text.push_str("    }\n");
    }
}

fn days(quarters: usize) -> String {
    let fraction = ["", ",25", ",5", ",75"][quarters % 4];
    format!("{}{fraction}", quarters / 4)
}

fn procedure(random: &mut Rng, number: usize, bytes: usize) -> Generated {
    let name = format!("thủ_tục_{number:05}");
    let (agency, label) = DEPARTMENTS[random.usize(..DEPARTMENTS.len())];
    let subject = SUBJECTS[random.usize(..SUBJECTS.len())];
    let asks = random.bool();
    let mut table = Table { text: String::new(), number: 1, quarters: 2, random };
    steps(&mut table, asks, bytes);
    let limit = days(table.quarters);
    let fields =
        "  thông tin hồ sơ {\n    diện_tích \"Diện tích\": số \"m²\"\n    gần_sân_bay \"Gần sân bay\": có/không\n  }\n";
    let text = format!(
        "// Theo bảng của Quyết định {number}/QĐ-UBND ngày 30/11/2025.\n\n\
         dùng \"../chung/cơ_quan.tthc\"\ndùng \"../chung/phần_dùng_chung.tthc\"\n\n\
         thủ tục {name} \"{subject} thuộc thẩm quyền của {label} (số {number})\" {{\n  mã: \"1.{number:06}\"\n  \
         ban hành theo: \"Quyết định {number}/QĐ-UBND ngày 30/11/2025\"\n  cơ quan thực hiện: {agency}\n  \
         thẩm quyền: UBND_tỉnh\n  tiếp nhận tại: TTPVHCC\n  hiệu lực: từ 30/11/2025\n  trực tuyến: toàn trình\n  \
         thời hạn: {limit} ngày làm việc\n{}\n  quy trình {{\n{}  }}\n}}\n",
        if asks { fields } else { "" },
        table.text,
    );
    Generated { path: format!("thủ_tục/{name}.tthc"), text }
}

fn steps(table: &mut Table, asks: bool, bytes: usize) {
    table.text.push_str("    chèn tiếp_nhận(0,5 ngày làm việc)\n");
    table.row("Phân công giải quyết", "phòng_nghiệp_vụ.lãnh_đạo", "phân công");
    table.close();
    while table.text.len() + 3000 < bytes {
        table.row("Thẩm định hồ sơ, dự thảo văn bản", "phòng_nghiệp_vụ.chuyên_viên", "thẩm định, dự thảo");
        table.close();
    }
    if asks {
        ask_others(table);
    }
    table.row("Tổng hợp, dự thảo kết quả", "phòng_nghiệp_vụ.chuyên_viên", "thẩm định, dự thảo");
    table.text.push_str(
        "      hướng xử lý {\n        đủ_điều_kiện \"Đủ điều kiện\" -> tiếp { kết quả: \"Báo cáo thẩm định\" }\n        \
         chưa_đủ_điều_kiện \"Chưa đủ điều kiện\" -> tiếp { kết quả: \"Thông báo yêu cầu bổ sung\" }\n      }\n",
    );
    table.close();
    let checked = table.number;
    let quarters = table.random.usize(1..=4);
    table.quarters += 2 * quarters;
    let _ = writeln!(table.text, "    chèn trình_ký({} ngày làm việc) đặt tên duyệt", days(quarters));
    table.row("Lấy số, đóng dấu, chuyển hồ sơ", "văn_thư", "đóng dấu, phát hành, chuyển hồ sơ");
    let _ = write!(
        table.text,
        "      rẽ nhánh {{\n        khi bước {checked} = chưa_đủ_điều_kiện -> kết thúc trả hồ sơ\n        còn lại -> tiếp\n      }}\n"
    );
    table.close();
    // The longest run takes whole days, and just as many as the limit has.
    let rest = 4 - table.quarters % 4;
    table.timed_row("Xem xét, quyết định", "UBND_tỉnh", "phê duyệt", rest);
    table.text.push_str("      hướng xử lý {\n        chấp_thuận -> tiếp\n        từ_chối -> tiếp\n      }\n");
    table.close();
    let decided = table.number;
    let _ = write!(
        table.text,
        "    bước {} \"Trả kết quả\" do TTPVHCC.một_cửa không tính thời hạn \"Giờ hành chính\" {{\n      loại: trả kết quả\n      \
         rẽ nhánh {{\n        khi bước {decided} = từ_chối -> kết thúc từ chối giải quyết\n        còn lại -> kết thúc trả kết quả\n      }}\n    }}\n",
        decided + 1
    );
}

/// Two departments are asked at once, where the dossier needs it.
fn ask_others(table: &mut Table) {
    table.row("Xác định việc lấy ý kiến", "phòng_nghiệp_vụ.chuyên_viên", "thẩm định");
    let after = table.number + 3;
    let _ = write!(
        table.text,
        "      rẽ nhánh {{\n        khi gần_sân_bay hoặc diện_tích > 10.000,5 -> lấy_ý_kiến\n        còn lại -> bước {after}\n      }}\n"
    );
    table.close();
    let (before, quarters) = (table.quarters, table.time());
    table.text.push_str("    song song lấy_ý_kiến \"Lấy ý kiến\" chờ tất cả {\n");
    let ask = "      nội dung lấy ý kiến: \"Nội dung thuộc phạm vi quản lý nhà nước của cơ quan được lấy ý kiến\"\n";
    for (branch, performer, overdue) in
        [("các_sở", "các_sở_được_xin_ý_kiến", "coi như đồng ý"), ("ủy_ban", "UBND_tỉnh", "cảnh báo")]
    {
        let _ = writeln!(table.text, "    nhánh {branch} {{");
        // Both have the same time, and it passes once.
        table.quarters = before;
        table.timed_row("Cho ý kiến", performer, "lấy ý kiến", quarters);
        let _ = write!(table.text, "{ask}      quá hạn: {overdue}\n    }}\n    }}\n");
    }
    table.close();
}
