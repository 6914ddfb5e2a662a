// Many who are online, lose the server, and come back as the browser's client does: after `bye` not
// before the server asks, then with full jitter (lib/client/backoff.ts). Says "ready" once all are
// there, then, when all are back, at what time each was greeted again.
#include <math.h>
#include <queue>
#include "arriving.hpp"
#include "loads.hpp"
#include "options.hpp"
#include <sys/epoll.h>

namespace {

// At a time, while nobody is to be tested yet.
constexpr size_t AT_FIRST = 128;

double chance() { return drand48(); }

struct Person {
  Arriving way;
  bool online = false;
  int attempt = 0;
  double bye = -1;    // milliseconds that the server asked for
  double backAt = 0;  // milliseconds since the epoch
};

class People {
 public:
  explicit People(const Options& options)
    : options_(options), poll_(epoll_create1(0)), people_(options.connections) {}

  ~People() {
    for (Person& each : people_) each.way.end();
  }

  void comeOnline() {
    for (size_t next = 0; online_ < people_.size(); pump()) {
      while (next < people_.size() && next - online_ < AT_FIRST) begin(next++);
    }
  }

  // False if not all are back in time.
  bool comeBack(Nanos deadline) {
    lost_ = 0;
    while ((lost_ < people_.size() || online_ < people_.size()) && now() < deadline) pump();
    return online_ == people_.size();
  }

  void print() const {
    printf("{\"failures\":%lu,\"onlineAt\":[", failures_);
    for (size_t i = 0; i < people_.size(); i++) printf("%s%.0f", i ? "," : "", people_[i].backAt);
    printf("]}\n");
  }

 private:
  using Due = std::pair<Nanos, uint32_t>;

  void pump() {
    while (!waiting_.empty() && waiting_.top().first <= now()) {
      uint32_t i = waiting_.top().second;
      waiting_.pop();
      begin(i);
    }
    timespec timeout{0, 2'000'000};
    int n = epoll_pwait2(poll_, events_, 1024, &timeout, nullptr);
    for (int i = 0; i < n; i++) advance(events_[i].data.u32, events_[i].events);
  }

  void begin(uint32_t i) {
    Person& each = people_[i];
    if (!each.way.begin(options_.port, options_.path, options_.accounts[i].token)) return fail(i);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT;
    event.data.u32 = i;
    epoll_ctl(poll_, EPOLL_CTL_ADD, each.way.fd, &event);
  }

  void advance(uint32_t i, uint32_t events) {
    Person& each = people_[i];
    if (each.way.writes() && (events & EPOLLOUT)) {
      if (!each.way.write()) return fail(i);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u32 = i;
      if (!each.way.writes()) epoll_ctl(poll_, EPOLL_CTL_MOD, each.way.fd, &event);
    }
    if (!(events & ~EPOLLOUT)) return;
    switch (each.way.receive(buffer_, [&](const char* p, size_t n) { hear(each, p, n); })) {
      case Arriving::Outcome::more: return;
      case Arriving::Outcome::failed: return fail(i);
      case Arriving::Outcome::ready: greeted(each);
    }
  }

  void hear(Person& each, const char* p, size_t n) {
    static const char bye[] = "{\"type\":\"bye\"", after[] = "\"retryAfter\":";
    const char* found = (const char*)memmem(p, n, bye, sizeof bye - 1);
    if (!found) return;
    found = (const char*)memmem(found, n - (found - p), after, sizeof after - 1);
    if (found) each.bye = atof(found + sizeof after - 1);
  }

  void greeted(Person& each) {
    timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    each.backAt = t.tv_sec * 1e3 + t.tv_nsec / 1e6;
    each.online = true;
    online_++;
  }

  void fail(uint32_t i) {
    Person& each = people_[i];
    each.way.end();
    if (each.online) {
      each.online = false;
      each.attempt = 0;
      online_--;
      lost_++;
    } else {
      failures_++;
    }
    waiting_.push({now() + Nanos(delayOf(each) * MILLISECOND), i});
  }

  static double delayOf(Person& each) {
    double asked = each.bye;
    each.bye = -1;
    if (asked >= 0) return asked + chance() * std::max(500., asked);
    return chance() * std::min(30'000., 500 * pow(2, each.attempt++));
  }

  const Options& options_;
  int poll_;
  std::vector<Person> people_;
  size_t online_ = 0, lost_ = 0;
  uint64_t failures_ = 0;
  std::priority_queue<Due, std::vector<Due>, std::greater<Due>> waiting_;
  epoll_event events_[1024];
  std::vector<char> buffer_ = std::vector<char>(1 << 20);
};

}  // namespace

int returning(const Options& options) {
  srand48(now());
  People people(options);
  people.comeOnline();
  printf("ready\n");
  fflush(stdout);
  people.comeBack(now() + Nanos(options.seconds * SECOND));
  people.print();
  return 0;
}
