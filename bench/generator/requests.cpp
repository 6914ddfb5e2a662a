// HTTP/1.1 on kept-alive connections, each asking again as soon as it was answered.
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <map>
#include "http.hpp"
#include "loads.hpp"
#include "message.hpp"
#include "websocket.hpp"

namespace {

// So much longer than its CPU a window lasts at most.
constexpr int MOST_WAIT = 15;

struct Caller {
  int fd = -1;
  std::string answer;
  Nanos askedAt = 0;
  uint32_t sequence = 0;
  bool waits = false;
  bool posts = false;      // what is under way is a post among pages
  std::string* tag = nullptr;  // where that of the answer goes
};

class Callers {
 public:
  std::map<int, uint64_t> statuses;
  Histogram latency;
  bool measuring = false;
  uint64_t answered = 0, posted = 0, bytes = 0;

  explicit Callers(const Options& options)
      : options_(options), poll_(epoll_create1(0)), callers_(options.connections) {
    if (options.accounts.empty()) accounts_.push_back({"", 1});
    else accounts_ = options.accounts;
  }

  void connect() {
    for (size_t i = 0; i < callers_.size(); i++) {
      callers_[i].fd = connectTo(options_.port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = i;
      epoll_ctl(poll_, EPOLL_CTL_ADD, callers_[i].fd, &event);
      ask(i);
    }
  }

  // Until everybody has got every page once, where tags matter.
  void learnTags() {
    if (!options_.conditional) return;
    uint64_t all = accounts_.size() * options_.paths.size();
    for (Nanos end = now() + 60 * SECOND; answered < all && now() < end;) pump();
  }

  void run(double seconds) {
    double cpu = exactCpuOf(options_.pid);
    for (Nanos from = now(); !over(seconds, from, cpu);) pump();
  }

  // No new ones; those under way are answered.
  void finish() {
    asking_ = false;
    for (Nanos end = now() + 5 * SECOND; waiting() && now() < end;) pump();
  }

 private:
  bool over(double seconds, Nanos from, double cpu) const {
    Nanos wanted(seconds * SECOND), gone = now() - from;
    if (!options_.byCpu) return gone >= wanted;
    return exactCpuOf(options_.pid) - cpu >= seconds * 1e6 || gone >= wanted * MOST_WAIT;
  }

  bool waiting() const {
    for (const Caller& each : callers_) {
      if (each.waits) return true;
    }
    return false;
  }

  void pump() {
    epoll_event events[256];
    int n = epoll_wait(poll_, events, 256, 5);
    for (int k = 0; k < n; k++) receive(events[k].data.u32);
  }

  void ask(int i) {
    Caller& caller = callers_[i];
    caller.askedAt = now();
    caller.waits = true;
    sendAll(caller.fd, next(i, caller));
    caller.sequence++;
    asked_++;
  }

  std::string next(int i, Caller& caller) {
    const size_t who = (options_.turns ? asked_ : i) % accounts_.size();
    const Account& account = accounts_[who];
    caller.tag = nullptr;
    caller.posts = options_.postEvery > 0 && asked_ % (options_.postEvery + 1) == 0;
    if (options_.post || caller.posts) {
      return postRequest(options_, account, newClientId(), text(i, caller));
    }
    const size_t page = (i * 7919 + caller.sequence) % options_.paths.size();
    if (options_.conditional) caller.tag = &tags_[{who, page}];
    return pageRequest(options_, options_.paths[page], account, caller.tag ? *caller.tag : "");
  }

  std::string text(int i, const Caller& caller) const {
    if (!options_.texts.empty()) return options_.texts[asked_ % options_.texts.size()];
    return "\"" + textOf({unsigned(i), caller.sequence, caller.askedAt}, options_.padding) + "\"";
  }

  void receive(int i) {
    Caller& caller = callers_[i];
    ssize_t n = recv(caller.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      statuses[0]++;
      caller.waits = false;
      epoll_ctl(poll_, EPOLL_CTL_DEL, caller.fd, nullptr);
      return;
    }
    bytes += n;
    caller.answer.append(buffer_.data(), n);
    Answer answer = readAnswer(caller.answer);
    if (answer.size == 0) return;
    statuses[answer.status]++;
    if (caller.posts) posted++;
    else {
      answered++;
      if (measuring) latency.add(now() - caller.askedAt);
    }
    if (caller.tag && !answer.tag.empty()) *caller.tag = answer.tag;
    caller.answer.erase(0, answer.size);
    caller.waits = false;
    if (asking_) ask(i);
  }

  const Options& options_;
  int poll_;
  std::vector<Caller> callers_;
  std::vector<Account> accounts_;
  std::map<std::pair<size_t, size_t>, std::string> tags_;  // by account and page
  std::vector<char> buffer_ = std::vector<char>(1 << 20);
  uint64_t asked_ = 0;
  bool asking_ = true;
};

std::string json(const std::map<int, uint64_t>& statuses) {
  std::string counts;
  for (auto [status, count] : statuses) {
    counts += (counts.empty() ? "" : ",") + ("\"" + std::to_string(status) + "\":") +
              std::to_string(count);
  }
  return "{" + counts + "}";
}

}  // namespace

int requests(const Options& options) {
  Callers callers(options);
  callers.connect();
  callers.learnTags();
  callers.run(options.warmup);
  callers.measuring = true;
  Nanos from = now();
  CpuTime cpu = cpuOf(options.pid);
  double exact = exactCpuOf(options.pid), own = ownCpu();
  uint64_t before = callers.answered, posted = callers.posted, bytes = callers.bytes;
  callers.run(options.seconds);
  double spent = exactCpuOf(options.pid) - exact;
  double seconds = (now() - from) / 1e9, done = std::max<double>(1, callers.answered - before);
  CpuTime end = cpuOf(options.pid);
  double percent = (ownCpu() - own) / seconds / 1e4;
  double size = (callers.bytes - bytes) / done;
  posted = callers.posted - posted;
  callers.measuring = false;
  callers.finish();
  printf(
    "{\"answersPerSecond\":%.0f,\"cpuMicros\":%.2f,\"userMicros\":%.2f,\"systemMicros\":%.2f,"
    "\"cpuPercent\":%.1f,\"generatorPercent\":%.1f,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.1f,"
    "\"answers\":%.0f,\"posts\":%lu,\"bytesEach\":%.0f,\"statuses\":%s}\n",
    done / seconds, spent / done, (end.user - cpu.user) / done, (end.system - cpu.system) / done,
    spent / seconds / 1e4, percent, callers.latency.milliseconds(.5),
    callers.latency.milliseconds(.99), callers.latency.most(), done, posted, size,
    json(callers.statuses).c_str());
  return 0;
}
