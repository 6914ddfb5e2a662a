// Files on their way in and out, over HTTP/1.1: as fast as the server takes or gives them, or at the
// pace of a network.
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include "http.hpp"
#include "loads.hpp"
#include "measuring.hpp"
#include "websocket.hpp"

namespace {

// How often what the pace allows is written.
constexpr Nanos BEAT = 10 * MILLISECOND;

struct Transfer {
  int fd = -1;
  std::string head;     // of the request, not yet written
  uint64_t left = 0;    // of the body
  std::string answer;
  uint64_t file = 0;    // its id, where the server keeps files by ids
  Nanos begun = 0;
  bool isBody = false;  // of the two requests of an upload, the one with the bytes
};

std::string requestFor(const Options& options, int i, const char* method, const std::string& path,
                       const std::string& more, uint64_t length) {
  static const Account nobody;
  const Account& account = options.accounts.empty()
    ? nobody
    : options.accounts[i % options.accounts.size()];
  return headOf(options, method, path, account) + more +
         "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

// Nothing that compresses, and no type that anybody knows.
std::vector<char> noise() {
  std::vector<char> bytes(1 << 20);
  uint64_t state = 88172645463325252ull;
  for (char& each : bytes) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    each = char(state >> 24);
  }
  return bytes;
}

class Uploads {
 public:
  explicit Uploads(const Options& options) : options_(options), transfers_(options.connections) {}

  int run() {
    for (int i = 0; i < options_.connections; i++) open(i);
    Nanos from = now();
    CpuTime cpu = cpuOf(options_.pid);
    until_ = from + Nanos(options_.seconds * SECOND);
    for (int i = 0; i < options_.connections; i++) {
      Nanos moment = from + Nanos(options_.spread * SECOND * i / options_.connections);
      while (now() < moment) pump();
      begin(i);
    }
    while (underWay_ > 0) pump();
    double seconds = (now() - from) / 1e9;
    CpuTime end = cpuOf(options_.pid);
    double megabytes = done_ * double(options_.size) / 1e6;
    printf(
      "{\"megabytesPerSecond\":%.1f,\"seconds\":%.3f,\"cpuMillisPerMegabyte\":%.3f,\"done\":%lu,"
      "\"p50\":%.1f,\"max\":%.1f,\"failed\":%lu,\"files\":[%s]}\n",
      megabytes / seconds, seconds, (end.sum() - cpu.sum()) / 1e3 / megabytes, done_,
      took_.milliseconds(.5), took_.most(), failed_, files_.c_str());
    return 0;
  }

 private:
  void open(int i) {
    transfers_[i].fd = connectTo(options_.port);
    fcntl(transfers_[i].fd, F_SETFL, O_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.u32 = i;
    epoll_ctl(poll_, EPOLL_CTL_ADD, transfers_[i].fd, &event);
  }

  void begin(int i) {
    Transfer& transfer = transfers_[i];
    transfer.begun = now();
    underWay_++;
    if (options_.dialect == Dialect::plain) return sendBody(i, "POST", "/", "");
    std::string said = "{\"name\":\"bench.bin\",\"type\":\"\",\"size\":" +
                       std::to_string(options_.size) + "}";
    transfer.isBody = false;
    transfer.head = requestFor(options_, i, "POST", "/api/files",
                               "Content-Type: application/json\r\n", said.size()) + said;
    write(i);
  }

  void sendBody(int i, const char* method, const std::string& path, const std::string& more) {
    Transfer& transfer = transfers_[i];
    transfer.isBody = true;
    transfer.left = options_.size;
    transfer.head = requestFor(options_, i, method, path, more, options_.size);
    write(i);
  }

  // What the kernel takes, and the pace allows.
  void write(int i) {
    Transfer& transfer = transfers_[i];
    while (!transfer.head.empty()) {
      ssize_t n = send(transfer.fd, transfer.head.data(), transfer.head.size(), MSG_NOSIGNAL);
      if (n < 0) return;
      transfer.head.erase(0, n);
    }
    while (transfer.left > 0) {
      uint64_t most = std::min<uint64_t>(transfer.left, bytes_.size());
      if (options_.pace > 0) {
        uint64_t allowed = (now() - transfer.begun) / 1e9 * options_.pace;
        uint64_t written = options_.size - transfer.left;
        // No drops: what a beat allows, or the rest.
        uint64_t least = std::min<uint64_t>(options_.pace * BEAT / SECOND, transfer.left);
        if (allowed < written + least) return;
        most = std::min(most, allowed - written);
      }
      ssize_t n = send(transfer.fd, bytes_.data(), most, MSG_NOSIGNAL);
      if (n < 0) return;
      transfer.left -= n;
    }
  }

  void read(int i) {
    Transfer& transfer = transfers_[i];
    char buffer[16384];
    ssize_t n;
    while ((n = recv(transfer.fd, buffer, sizeof buffer, 0)) > 0) transfer.answer.append(buffer, n);
    if (n == 0 || (n < 0 && errno != EAGAIN)) return fail();
    auto [size, status, tag] = readAnswer(transfer.answer);
    if (size == 0) return;
    std::string answer = transfer.answer.substr(0, size);
    transfer.answer.erase(0, size);
    if (status / 100 != 2) {
      fprintf(stderr, "An upload was refused: %s\n", answer.c_str());
      return fail();
    }
    if (!transfer.isBody) {
      size_t id = answer.find("\"id\":");
      if (id == std::string::npos) return fail();
      transfer.file = strtoull(answer.c_str() + id + 5, nullptr, 10);
      files_ += (files_.empty() ? "" : ",") + std::to_string(transfer.file);
      std::string path = "/api/files/" + std::to_string(transfer.file);
      return sendBody(i, "PATCH", path, "Upload-Offset: 0\r\n");
    }
    took_.add(now() - transfer.begun);
    done_++;
    underWay_--;
    if (now() < until_) begin(i);
  }

  void fail() {
    failed_++;
    underWay_--;
  }

  void pump() {
    epoll_event events[256];
    int n = epoll_wait(poll_, events, 256, 10);
    for (int k = 0; k < n; k++) {
      if (events[k].events & EPOLLOUT) write(events[k].data.u32);
      if (events[k].events & ~EPOLLOUT) read(events[k].data.u32);
    }
    if (options_.pace == 0 || now() - beat_ < BEAT) return;
    beat_ = now();
    for (int i = 0; i < options_.connections; i++) write(i);
  }

  const Options& options_;
  std::vector<Transfer> transfers_;
  std::vector<char> bytes_ = noise();
  int poll_ = epoll_create1(0);
  Nanos until_ = 0, beat_ = 0;
  int underWay_ = 0;
  uint64_t done_ = 0, failed_ = 0;
  Histogram took_;
  std::string files_;
};

}  // namespace

int uploads(const Options& options) {
  return Uploads(options).run();
}

int download(const Options& options) {
  int fd = connectTo(options.port);
  std::vector<char> buffer(1 << 20);
  Nanos from = now();
  CpuTime cpu = cpuOf(options.pid);
  sendAll(fd, requestFor(options, 0, "GET", options.path, "", 0));
  std::string head;
  size_t end = std::string::npos;
  uint64_t bytes = 0;
  for (ssize_t n; bytes < options.size && (n = recv(fd, buffer.data(), buffer.size(), 0)) > 0;) {
    if (end != std::string::npos) {
      bytes += n;
      continue;
    }
    head.append(buffer.data(), n);
    end = head.find("\r\n\r\n");
    if (end != std::string::npos) bytes = head.size() - end - 4;
  }
  double seconds = (now() - from) / 1e9, megabytes = bytes / 1e6;
  CpuTime used = cpuOf(options.pid);
  printf("{\"megabytesPerSecond\":%.1f,\"cpuMillisPerMegabyte\":%.3f,\"bytes\":%lu,\"status\":%ld}\n",
         megabytes / seconds, (used.sum() - cpu.sum()) / 1e3 / megabytes, bytes,
         head.empty() ? 0 : strtol(head.c_str() + 9, nullptr, 10));
  return 0;
}
