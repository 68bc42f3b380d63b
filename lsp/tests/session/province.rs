//! What most sessions are about.

use crate::harness::CURSOR;

/// Two files: agencies, and a procedure that uses them. The cursor is put where a test wants it.
pub const PROVINCE: &str = r#"dùng "chung/cơ_quan.tthc"

/// Cấp phép 🏗️ trong ngày.
thủ tục cấp_phép "Cấp giấy phép 🏗️" {
  mã: "1.000001"
  cơ quan thực hiện: SXD
  thẩm quyền: SXD
  tiếp nhận tại: TTHCC
  hiệu lực: từ 01/07/2025
  căn cứ: "Luật Xây dựng, Điều 102"
  thời hạn: 5 ngày làm việc

  thông tin hồ sơ {
    loại_nhà "Loại 🏠": cấp_I | nhà_ở
  }

  quy trình {
    bước nhận "Tiếp nhận 📥" do TTHCC.một_cửa trong 4 giờ làm việc {
      loại: tiếp nhận
      biểu mẫu: mẫu_01
      hướng xử lý {
        đủ       "Đủ 👍" -> tiếp
        chưa_đủ  -> kết thúc trả hồ sơ
      }
    }
    bước hòa_giải "Thẩm định 🔍" do phòng_A.chuyên_viên trong 2 ngày làm việc {
      loại: thẩm định
      rẽ nhánh {
        khi loại_nhà = nhà_ở -> ký
        còn lại -> tiếp
      }
    }
    bước xem "Xem lại 👀" do phòng_A.chuyên_viên trong 1 ngày làm việc {
      loại: thẩm định
      chuyển: quay lại hoà_giải tối đa 1 lần, hết lượt -> ký
    }
    bước ký "Ký ✍️" do giám_đốc trong 0,5 ngày làm việc {
      loại: phê duyệt
      hướng xử lý {
        duyệt -> tiếp
        sửa -> quay lại hòa_giải, trong thời gian đã định
      }
    }
    bước trả "Trả 📤" do TTHCC.một_cửa không tính thời hạn {
      loại: trả kết quả
      rẽ nhánh {
        khi ký = duyệt -> kết thúc trả kết quả
        còn lại -> kết thúc trả kết quả
      }
    }
  }
}
//// file: chung/cơ_quan.tthc
// Cơ quan của tỉnh 🏛️
cơ quan TTHCC "Trung tâm 🏢" {
  cấp: tỉnh
  một cửa: có
  vai trò một_cửa "Một cửa"
}
cơ quan SXD "Sở Xây dựng 👷" {
  cấp: tỉnh
  vai trò giám_đốc "Giám đốc Sở" { thẩm quyền ký: có }
  bộ phận phòng_A "Phòng A" {
    vai trò chuyên_viên "Chuyên viên 🧑"
  }
}
//// file: khác.tthc
dùng "chung/cơ_quan.tthc"
thủ tục khác "Việc khác" {
  mã: "1.000002"
  cơ quan thực hiện: SXD
  thẩm quyền: SXD
  hiệu lực: từ 01/07/2025
  thời hạn: 1 ngày làm việc
  quy trình {
    bước 1 "Làm" do phòng_A.chuyên_viên trong 1 ngày làm việc { loại: tiếp nhận, thẩm định, phê duyệt, trả kết quả }
  }
}
"#;

/// The province with the cursor in front of the first of these words; `word` is looked for behind `after`.
pub fn cursor(after: &str, word: &str) -> String {
    let from = PROVINCE.find(after).unwrap_or_else(|| panic!("{after}"));
    let at = from + PROVINCE[from..].find(word).unwrap_or_else(|| panic!("{word}"));
    format!("{}{}{}", &PROVINCE[..at], CURSOR, &PROVINCE[at..])
}
