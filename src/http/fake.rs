//! A server for tests: a socket that answers as the test says and remembers what it was asked.
//!
//! It knows just enough HTTP to read a request and to misbehave.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use url::Url;

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        found.next().map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What to do with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, extra header lines, body.
    Answer(u16, String, String),
    /// Close the connection without a word.
    HangUp,
    /// Announce more than is sent, then close.
    Cut,
    /// Say nothing for a second.
    Silence,
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &(impl ToString + ?Sized)) -> Reply {
    let header = "Content-Type: application/json\r\n".to_owned();
    Reply::Answer(status, header, body.to_string())
}

/// The server; it answers until the test ends.
#[derive(Debug)]
pub(crate) struct Fake {
    pub(crate) url: Url,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Fake {
    /// Starts one whose answers are computed from the request and how many came before it.
    pub(crate) fn start(answer: impl Fn(usize, &Received) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let Some(request) = read(&stream) else {
                    continue;
                };
                let number = log.lock().unwrap().len();
                let reply = answer(number, &request);
                log.lock().unwrap().push(request);
                write(stream, &reply);
            }
        });
        Self {
            url: url.parse().unwrap(),
            received,
        }
    }

    /// Starts one that gives these answers in turn, and the last one for ever.
    pub(crate) fn script(replies: impl Into<Vec<Reply>>) -> Self {
        let replies = replies.into();
        Self::start(move |number, _| replies[number.min(replies.len() - 1)].clone())
    }

    /// What it was asked so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The methods and targets of what it was asked so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |request: &Received| format!("{} {}", request.method, request.target);
        self.received.lock().unwrap().iter().map(line).collect()
    }
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let mut request = Received {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        ..Received::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((key, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        request
            .headers
            .push((key.to_ascii_lowercase(), value.to_owned()));
    }
    let length = request.header("content-length").unwrap_or("0");
    request.body = vec![0; length.parse().ok()?];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

fn write(mut stream: TcpStream, reply: &Reply) {
    let text = match reply {
        Reply::Answer(status, headers, body) => format!(
            "HTTP/1.1 {status} Status\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ),
        Reply::HangUp => return,
        Reply::Cut => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":".to_owned(),
        Reply::Silence => {
            std::thread::sleep(std::time::Duration::from_secs(1));
            return;
        }
    };
    // A client that hung up meanwhile is what some tests are about.
    let _ = stream.write_all(text.as_bytes());
}
