// People who write, a few messages a second each, while many others open a page at once.
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <map>
#include "clients.hpp"
#include "http.hpp"
#include "loads.hpp"
#include "message.hpp"

namespace {

// After everybody came in, and between two bursts.
constexpr Nanos SETTLE = 1500 * MILLISECOND;
constexpr Nanos PATIENCE = 60 * SECOND;

// Who writes: open loop, so that a slow server does not slow them.
class Senders {
 public:
  Histogram quiet, meanwhile;
  uint64_t acks = 0, errors = 0;
  // Whether pages are being asked for.
  bool flooded = false, measuring = false;

  explicit Senders(const Options& options)
      : options_(options), clients_(options_), underWay_(options.connections) {
    clients_.connect([this](int i, const char* p, size_t n, Nanos at) { receive(i, p, n, at); });
    clients_.pumpUntil(now() + SETTLE);
    start_ = now();
    gap_ = SECOND / options_.rate;
  }

  uint64_t sent() const { return sent_; }
  uint64_t closed() const { return clients_.closed; }

  // Sends what is due, and waits a millisecond at most.
  void step() {
    for (; start_ + sent_ * gap_ <= now(); sent_++) send(start_ + sent_ * gap_);
    clients_.pump(MILLISECOND);
  }

  void drain() {
    for (Nanos end = now() + PATIENCE; acks < sent_ && now() < end;) clients_.pump(MILLISECOND);
  }

 private:
  struct Sent {
    Nanos intended;
    Histogram* counts;  // null: measured by nobody
  };

  void send(Nanos intended) {
    int i = sent_ % clients_.size();
    underWay_[i].push_back({intended, measuring ? flooded ? &meanwhile : &quiet : nullptr});
    clients_.send(i, commandOf(options_, roomOf(options_, i), {unsigned(i), uint32_t(sent_), intended}));
  }

  // Acks of one sender come in the order of its messages.
  void receive(int i, const char* p, size_t n, Nanos at) {
    errors += occurrences(p, n, "{\"type\":\"error\"");
    for (size_t k = occurrences(p, n, "\"type\":\"ack\""); k > 0; k--, acks++) {
      if (underWay_[i].empty()) continue;
      Sent first = underWay_[i].front();
      underWay_[i].erase(underWay_[i].begin());
      if (first.counts) first.counts->add(at > first.intended ? at - first.intended : 0);
    }
  }

  const Options& options_;
  Clients clients_;
  std::vector<std::vector<Sent>> underWay_;
  Nanos start_ = 0, gap_ = 0;
  uint64_t sent_ = 0;
};

// The readers' connections, each of another reader.
class Readers {
 public:
  std::map<int, uint64_t> statuses;

  explicit Readers(const Options& options) : options_(options), poll_(epoll_create1(0)) {
    for (int i = 0; i < options.burst; i++) {
      fds_.push_back(connectTo(options.port));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = i;
      epoll_ctl(poll_, EPOLL_CTL_ADD, fds_[i], &event);
    }
  }

  // Everybody at once.
  void ask() {
    answers_.assign(fds_.size(), "");
    missing_ = fds_.size();
    for (size_t i = 0; i < fds_.size(); i++) {
      const Account& account = options_.accounts[i % options_.accounts.size()];
      sendAll(fds_[i], pageRequest(options_, options_.paths[i % options_.paths.size()], account));
    }
  }

  bool done() const { return missing_ == 0; }

  void step() {
    epoll_event events[256];
    int n = epoll_wait(poll_, events, 256, 0);
    for (int k = 0; k < n; k++) receive(events[k].data.u32);
  }

 private:
  void receive(int i) {
    ssize_t n = recv(fds_[i], buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      statuses[0]++;
      missing_--;
      epoll_ctl(poll_, EPOLL_CTL_DEL, fds_[i], nullptr);
      return;
    }
    answers_[i].append(buffer_.data(), n);
    Answer answer = readAnswer(answers_[i]);
    if (answer.size == 0) return;
    statuses[answer.status]++;
    answers_[i].clear();
    missing_--;
  }

  const Options& options_;
  int poll_;
  std::vector<int> fds_;
  std::vector<std::string> answers_;
  std::vector<char> buffer_ = std::vector<char>(1 << 20);
  size_t missing_ = 0;
};

std::string quantiles(const char* name, const Histogram& times) {
  char text[160];
  snprintf(text, sizeof text, "\"%s\":{\"acks\":%lu,\"p50\":%.2f,\"p99\":%.2f,\"max\":%.1f}", name,
           times.total(), times.milliseconds(.5), times.milliseconds(.99), times.most());
  return text;
}

}  // namespace

int flood(const Options& given) {
  Options writing = given;
  writing.connections = given.senders;
  Senders senders(writing);
  Readers readers(given);
  std::string lasts, cpus;

  auto quiet = [&](Nanos time) {
    for (Nanos end = now() + time; now() < end;) senders.step();
  };
  // How long until the last page was there, in milliseconds.
  auto burst = [&] {
    senders.flooded = true;
    Nanos from = now();
    readers.ask();
    while (!readers.done() && now() < from + PATIENCE) {
      senders.step();
      readers.step();
    }
    senders.flooded = false;
    return (now() - from) / 1e6;
  };

  quiet(Nanos(given.warmup * SECOND));
  burst();  // The compilers have not seen a page before.
  quiet(SETTLE);
  senders.measuring = true;
  for (int i = 0; i < given.bursts; i++) {
    quiet(SETTLE);
    double cpu = exactCpuOf(given.pid), took = burst();
    cpu = exactCpuOf(given.pid) - cpu;
    char text[64];
    snprintf(text, sizeof text, "%s%.1f", i == 0 ? "" : ",", took);
    lasts += text;
    snprintf(text, sizeof text, "%s%.0f", i == 0 ? "" : ",", cpu / given.burst);
    cpus += text;
  }
  quiet(SETTLE);
  senders.drain();

  std::string counts;
  for (auto [status, count] : readers.statuses) {
    counts += (counts.empty() ? "\"" : ",\"") + std::to_string(status) + "\":" + std::to_string(count);
  }
  printf("{%s,%s,\"lastPage\":[%s],\"cpuMicros\":[%s],\"statuses\":{%s},\"sent\":%lu,\"acks\":%lu,"
         "\"errors\":%lu,\"closed\":%lu}\n",
         quantiles("quiet", senders.quiet).c_str(), quantiles("meanwhile", senders.meanwhile).c_str(),
         lasts.c_str(), cpus.c_str(), counts.c_str(), senders.sent(), senders.acks, senders.errors,
         senders.closed());
  return 0;
}
