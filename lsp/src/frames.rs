//! Lets through only messages that can be read: the protocol library gives up at the first that cannot.

use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tower_lsp::jsonrpc::{Request, Response};

/// A longer message is passed over. The largest file that is read has 16 MB, and JSON may double its bytes.
pub const LONGEST: u64 = 64 << 20;
/// A longer line is no header.
const LONGEST_HEADER: u64 = 8 << 10;

/// Copies messages until there are no more.
pub async fn copy(input: impl AsyncRead + Unpin, mut output: impl AsyncWrite + Unpin) -> io::Result<()> {
    let mut input = BufReader::new(input);
    while let Some(length) = header(&mut input).await? {
        if length > LONGEST {
            tokio::io::copy(&mut (&mut input).take(length), &mut tokio::io::sink()).await?;
            continue;
        }
        let mut body = vec![0; length as usize];
        input.read_exact(&mut body).await?;
        if serde_json::from_slice::<Request>(&body).is_ok() || serde_json::from_slice::<Response>(&body).is_ok() {
            output.write_all(format!("Content-Length: {length}\r\n\r\n").as_bytes()).await?;
            output.write_all(&body).await?;
        }
    }
    output.shutdown().await
}

/// The length that the next header states; lines that are no headers are passed over. None at the end.
async fn header(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(LONGEST_HEADER).read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match (line.trim(), length) {
            ("", Some(_)) => return Ok(length),
            (line, _) => {
                let stated = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
                length = stated.and_then(|(_, number)| number.trim().parse().ok()).or(length);
            }
        }
    }
}
