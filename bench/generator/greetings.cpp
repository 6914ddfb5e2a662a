// Many who come at once: what each costs until it is greeted, and how long others' acks take
// meanwhile.
#include "arriving.hpp"
#include "clients.hpp"
#include "loads.hpp"
#include "message.hpp"

namespace {

// They come as fast as `inFlight` allows, each once, and stay.
class Arrivals {
 public:
  Histogram latency;
  uint64_t ready = 0, failed = 0, bytes = 0;

  explicit Arrivals(const Options& options)
    : options_(options), poll_(epoll_create1(0)), arriving_(options.connections) {}

  ~Arrivals() {
    for (Arriving& each : arriving_) each.end();
  }

  bool done() const { return ready + failed == arriving_.size(); }

  void pump(Nanos wait) {
    while (next_ < arriving_.size() && next_ - ready - failed < size_t(options_.inFlight)) begin();
    timespec timeout{time_t(wait / SECOND), long(wait % SECOND)};
    int n = epoll_pwait2(poll_, events_, 1024, &timeout, nullptr);
    for (int i = 0; i < n; i++) advance(events_[i].data.u32, events_[i].events);
  }

 private:
  void begin() {
    size_t i = next_++;
    Arriving& each = arriving_[i];
    if (!each.begin(options_.port, options_.path, options_.accounts[i].token)) {
      failed++;
      return;
    }
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT;
    event.data.u32 = i;
    epoll_ctl(poll_, EPOLL_CTL_ADD, each.fd, &event);
  }

  void advance(uint32_t i, uint32_t events) {
    Arriving& each = arriving_[i];
    if (each.writes() && (events & EPOLLOUT)) {
      if (!each.write()) return fail(each);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = i;
      if (!each.writes()) epoll_ctl(poll_, EPOLL_CTL_MOD, each.fd, &event);
    }
    if (!(events & ~EPOLLOUT)) return;
    switch (each.receive(buffer_, [](const char*, size_t) {})) {
      case Arriving::Outcome::more: return;
      case Arriving::Outcome::failed: return fail(each);
      case Arriving::Outcome::ready:
        ready++;
        bytes += each.size();
        latency.add(now() - each.since);
        // What comes later stays with the kernel: nobody reads on.
        epoll_ctl(poll_, EPOLL_CTL_DEL, each.fd, nullptr);
    }
  }

  void fail(Arriving& each) {
    failed++;
    each.end();
  }

  const Options& options_;
  int poll_;
  std::vector<Arriving> arriving_;
  size_t next_ = 0;
  epoll_event events_[1024];
  std::vector<char> buffer_ = std::vector<char>(1 << 20);
};

// A few who are there already, and send one after another at a steady rate.
class Senders {
 public:
  Histogram latency;
  uint64_t sent = 0, acked = 0;

  explicit Senders(const Options& options)
    : options_(options), clients_(options_), sentAt_(options.senders) {
    options_.connections = options.senders;
    // The last of the accounts, so that they are not among those who come.
    std::reverse(options_.accounts.begin(), options_.accounts.end());
    if (options.senders == 0) return;
    clients_.connect([this](int i, const char* p, size_t n, Nanos at) { receive(i, p, n, at); });
    clients_.pumpUntil(now() + SECOND);
    next_ = now();
  }

  void pump() {
    if (options_.senders == 0) return;
    for (; next_ <= now(); next_ += Nanos(SECOND / options_.rate)) {
      int i = sent % options_.senders;
      sentAt_[i].push_back(next_);
      clients_.send(i, commandOf(options_, roomOf(options_, i),
                                 {unsigned(i), uint32_t(sent++), next_}));
    }
    clients_.pump(0);
  }

  void finish() {
    for (Nanos stop = now() + 10 * SECOND; acked < sent && now() < stop;) {
      clients_.pump(MILLISECOND);
    }
  }

 private:
  void receive(int i, const char* p, size_t n, Nanos at) {
    for (size_t k = occurrences(p, n, "\"type\":\"ack\""); k > 0; k--, acked++) {
      latency.add(at - sentAt_[i].front());
      sentAt_[i].erase(sentAt_[i].begin());
    }
  }

  Options options_;
  Clients clients_;
  std::vector<std::vector<Nanos>> sentAt_;
  Nanos next_ = 0;
};

}  // namespace

int greetings(const Options& options) {
  Senders senders(options);
  Arrivals arrivals(options);
  std::map<std::string, double> before = cpuByThread(options.pid);
  Nanos start = now();
  while (!arrivals.done() && now() - start < Nanos(60 * SECOND)) {
    arrivals.pump(senders.sent > 0 || options.senders > 0 ? MILLISECOND / 2 : 10 * MILLISECOND);
    senders.pump();
  }
  double seconds = (now() - start) / 1e9;
  std::map<std::string, double> after = cpuByThread(options.pid);
  senders.finish();
  double sum = 0, count = std::max<double>(1, arrivals.ready);
  std::string threads;
  for (auto& [name, micros] : after) {
    double each = (micros - before[name]) / count;
    sum += each;
    char text[96];
    snprintf(text, sizeof text, "%s\"%s\":%.1f", threads.empty() ? "" : ",", name.c_str(), each);
    threads += text;
  }
  printf(
    "{\"ready\":%lu,\"failed\":%lu,\"seconds\":%.3f,\"cpuMicros\":%.1f,\"threads\":{%s},"
    "\"bytes\":%.0f,\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f,\"acks\":%lu,\"sent\":%lu,"
    "\"ackP50\":%.1f,\"ackP99\":%.1f,\"ackMax\":%.1f}\n",
    arrivals.ready, arrivals.failed, seconds, sum, threads.c_str(), arrivals.bytes / count,
    arrivals.latency.milliseconds(.5), arrivals.latency.milliseconds(.99), arrivals.latency.most(),
    senders.acked, senders.sent, senders.latency.milliseconds(.5),
    senders.latency.milliseconds(.99), senders.latency.most());
  return 0;
}
