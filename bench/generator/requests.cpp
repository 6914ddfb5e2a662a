// HTTP/1.1 on kept-alive connections, each asking again as soon as it was answered.
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <map>
#include "loads.hpp"
#include "message.hpp"
#include "websocket.hpp"

namespace {

struct Caller {
  int fd = -1;
  std::string answer;
  Nanos askedAt = 0;
  uint32_t sequence = 0;
};

// The length of a whole answer at the start of `text`; 0 while some of it is missing.
size_t wholeAnswer(const std::string& text) {
  size_t head = text.find("\r\n\r\n");
  if (head == std::string::npos) return 0;
  size_t field = text.find("content-length: ");
  if (field != std::string::npos && field < head) {
    size_t size = head + 4 + strtoul(text.c_str() + field + 16, nullptr, 10);
    return text.size() >= size ? size : 0;
  }
  size_t end = text.find("0\r\n\r\n", head);
  return end == std::string::npos ? 0 : end + 5;
}

std::string requestOf(const Options& options, int i, Caller& caller) {
  const Account& account = options.accounts[i % options.accounts.size()];
  std::string body, path;
  if (options.post) {
    path = "/api/rooms/" + std::to_string(account.room) + "/messages";
    body = "{\"clientId\":\"" + newClientId() + "\",\"text\":\"" +
           textOf({unsigned(i), caller.sequence, caller.askedAt}, options.padding) + "\"}";
  } else {
    path = options.paths[(i * 7919 + caller.sequence) % options.paths.size()];
  }
  caller.sequence++;
  std::string request = (options.post ? "POST " : "GET ") + path +
                        " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + account.token +
                        "\r\n";
  if (options.post) {
    request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n";
  }
  return request + "\r\n" + body;
}

}  // namespace

int requests(const Options& options) {
  int poll = epoll_create1(0);
  std::vector<Caller> callers(options.connections);
  std::vector<char> buffer(1 << 20);
  std::map<int, uint64_t> statuses;
  Histogram latency;
  bool asking = true, measuring = false;
  uint64_t answered = 0, bytes = 0;

  auto ask = [&](int i) {
    Caller& caller = callers[i];
    caller.askedAt = now();
    sendAll(caller.fd, requestOf(options, i, caller));
  };
  auto receive = [&](int i) {
    Caller& caller = callers[i];
    ssize_t n = recv(caller.fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      statuses[0]++;
      epoll_ctl(poll, EPOLL_CTL_DEL, caller.fd, nullptr);
      return;
    }
    bytes += n;
    caller.answer.append(buffer.data(), n);
    size_t size = wholeAnswer(caller.answer);
    if (size == 0) return;
    statuses[strtol(caller.answer.c_str() + 9, nullptr, 10)]++;
    answered++;
    if (measuring) latency.add(now() - caller.askedAt);
    caller.answer.erase(0, size);
    if (asking) ask(i);
  };
  auto run = [&](Nanos end) {
    epoll_event events[256];
    while (now() < end) {
      int n = epoll_wait(poll, events, 256, 5);
      for (int k = 0; k < n; k++) receive(events[k].data.u32);
    }
  };

  for (int i = 0; i < options.connections; i++) {
    callers[i].fd = connectTo(options.port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = i;
    epoll_ctl(poll, EPOLL_CTL_ADD, callers[i].fd, &event);
    ask(i);
  }
  run(now() + Nanos(options.warmup * SECOND));
  measuring = true;
  Nanos from = now();
  CpuTime cpu = cpuOf(options.pid);
  double own = ownCpu();
  uint64_t before = answered, bytesBefore = bytes;
  run(from + Nanos(options.seconds * SECOND));
  double seconds = (now() - from) / 1e9, done = std::max<double>(1, answered - before);
  CpuTime end = cpuOf(options.pid);
  double percent = (ownCpu() - own) / seconds / 1e4;
  asking = false;
  run(now() + 500 * MILLISECOND);

  std::string counts;
  for (auto [status, count] : statuses) {
    counts += (counts.empty() ? "" : ",") + ("\"" + std::to_string(status) + "\":") +
              std::to_string(count);
  }
  printf(
    "{\"answersPerSecond\":%.0f,\"cpuMicros\":%.2f,\"userMicros\":%.2f,\"systemMicros\":%.2f,"
    "\"cpuPercent\":%.1f,\"generatorPercent\":%.1f,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.1f,"
    "\"bytesEach\":%.0f,\"statuses\":{%s}}\n",
    done / seconds, (end.sum() - cpu.sum()) / done, (end.user - cpu.user) / done,
    (end.system - cpu.system) / done, (end.sum() - cpu.sum()) / seconds / 1e4, percent,
    latency.milliseconds(.5), latency.milliseconds(.99), latency.most(),
    (bytes - bytesBefore) / done, counts.c_str());
  return 0;
}
