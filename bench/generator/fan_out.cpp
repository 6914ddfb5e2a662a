// Messages into one room, and whether every one reaches everybody, once and in the same order.
#include "clients.hpp"
#include "loads.hpp"
#include "message.hpp"

namespace {

// Settling after the last client came in: presence, greetings.
constexpr Nanos SETTLE = 2500 * MILLISECOND;
// After the last was sent: for so long nothing at all may arrive, and so long it may take in all,
// before what is missing counts as lost.
constexpr Nanos SILENCE = 5 * SECOND;
constexpr Nanos DRAIN = 60 * SECOND;
// The core that the server is pinned to.
constexpr int SERVER_CORE = 0;

struct Recipient {
  std::vector<uint32_t> next;           // of each sender
  uint64_t order = 1469598103934665603; // FNV-1a over what came, to compare among recipients
};

class Room {
 public:
  uint64_t delivered = 0, orderErrors = 0, acks = 0, errors = 0;
  Histogram latency;
  Nanos measuredFrom = ~0ull, measuredTo = 0, lastAt = 0;

  explicit Room(const Options& options) : options_(options), clients_(options) {
    recipients_.resize(options.connections, {std::vector<uint32_t>(options.senders, 0)});
    sequence_.resize(options.senders, 0);
    clients_.connect([this](int i, const char* p, size_t n, Nanos at) { receive(i, p, n, at); });
    clients_.pumpUntil(now() + SETTLE);
  }

  Clients& clients() { return clients_; }
  uint64_t sent() const { return sent_; }
  uint64_t expected() const { return sent_ * clients_.size(); }

  void send(Nanos intended) {
    unsigned sender = sent_ % options_.senders;
    clients_.send(sender, commandOf(options_, roomOf(options_, sender),
                                    {sender, sequence_[sender]++, intended}));
    sent_++;
  }

  void drain() {
    Nanos start = now();
    lastAt = std::max(lastAt, start);
    while (delivered < expected() && now() < lastAt + SILENCE && now() < start + DRAIN) {
      clients_.pump(10 * MILLISECOND);
    }
  }

  // Recipients to whom the same messages came in another order than to the first.
  int differentOrders() const {
    int count = 0;
    for (const Recipient& each : recipients_) count += each.order != recipients_[0].order;
    return count;
  }

 private:
  void receive(int i, const char* p, size_t n, Nanos at) {
    Recipient& recipient = recipients_[i];
    readMarks(p, n, [&](const Mark& mark) {
      delivered++;
      lastAt = at;
      if (mark.sender >= recipient.next.size()) return void(orderErrors++);
      if (recipient.next[mark.sender] != mark.sequence) orderErrors++;
      recipient.next[mark.sender] = mark.sequence + 1;
      uint64_t name = uint64_t(mark.sender) << 32 | mark.sequence;
      recipient.order = (recipient.order ^ name) * 1099511628211ull;
      bool counts = mark.intended >= measuredFrom && mark.intended < measuredTo;
      if (counts) latency.add(at > mark.intended ? at - mark.intended : 0);
    });
    if (options_.dialect != Dialect::confab || i >= options_.senders) return;
    acks += occurrences(p, n, "\"type\":\"ack\"");
    errors += occurrences(p, n, "{\"type\":\"error\"");
  }

  const Options& options_;
  Clients clients_;
  std::vector<Recipient> recipients_;
  std::vector<uint32_t> sequence_;
  uint64_t sent_ = 0;
};

// Where the counters stood when measuring began.
struct Reading {
  Nanos at;
  CpuTime cpu;
  double own, busy;
  uint64_t delivered, frames, bytes, sent;

  Reading(const Options& options, Room& room)
    : at(now()), cpu(cpuOf(options.pid)), own(ownCpu()), busy(busyOf(SERVER_CORE)), delivered(room.delivered),
      frames(room.clients().frames), bytes(room.clients().bytes), sent(room.sent()) {}
};

void report(const Options& options, Room& room, const Reading& from, const Reading& to) {
  double seconds = (to.at - from.at) / 1e9;
  double deliveries = std::max<double>(1, to.delivered - from.delivered);
  double frames = std::max<double>(1, to.frames - from.frames);
  bool saturated = deliveries / seconds < 0.97 * options.rate * room.clients().size();
  printf(
    "{\"sentPerSecond\":%.0f,\"deliveredPerSecond\":%.0f,\"cpuMicros\":%.4f,"
    "\"userMicros\":%.4f,\"systemMicros\":%.4f,\"cpuPercent\":%.1f,\"generatorPercent\":%.1f,"
    "\"othersPercent\":%.1f,\"messagesPerFrame\":%.2f,\"bytesPerDelivery\":%.0f,\"p50\":%.2f,\"p99\":%.2f,\"max\":%.1f,"
    "\"sent\":%lu,\"acks\":%lu,\"errors\":%lu,\"lost\":%ld,\"orderErrors\":%lu,"
    "\"differentOrders\":%d,\"closed\":%lu,\"rssMegabytes\":%.0f,\"saturated\":%s}\n",
    (to.sent - from.sent) / seconds, deliveries / seconds,
    (to.cpu.sum() - from.cpu.sum()) / deliveries, (to.cpu.user - from.cpu.user) / deliveries,
    (to.cpu.system - from.cpu.system) / deliveries,
    (to.cpu.sum() - from.cpu.sum()) / seconds / 1e4, (to.own - from.own) / seconds / 1e4,
    // What others did on the server's core meanwhile: it spoils latencies.
    std::max(0.0, to.busy - from.busy - (to.cpu.sum() - from.cpu.sum())) / seconds / 1e4,
    deliveries / frames, (to.bytes - from.bytes) / deliveries, room.latency.milliseconds(.5),
    room.latency.milliseconds(.99), room.latency.most(), room.sent(), room.acks, room.errors,
    long(room.expected()) - long(room.delivered), room.orderErrors, room.differentOrders(),
    room.clients().closed, residentKilobytes(options.pid) / 1024, saturated ? "true" : "false");
}

}  // namespace

// Open loop: a slow server does not slow the senders, and latency counts from when a message was
// meant to be sent (Tene, "How NOT to Measure Latency").
int fanOut(const Options& options) {
  Room room(options);
  Nanos start = now(), gap = SECOND / options.rate;
  room.measuredFrom = start + Nanos(options.warmup * SECOND);
  room.measuredTo = room.measuredFrom + Nanos(options.seconds * SECOND);
  auto run = [&](Nanos end) {
    while (now() < end) {
      for (int burst = 0; burst < 64 && start + room.sent() * gap <= now(); burst++) {
        room.send(start + room.sent() * gap);
      }
      Nanos next = start + room.sent() * gap, t = now();
      room.clients().pump(next > t ? std::min(next - t, 10 * MILLISECOND) : 0);
    }
  };
  run(room.measuredFrom);
  Reading from(options, room);
  run(room.measuredTo);
  Reading to(options, room);
  room.drain();
  report(options, room, from, to);
  return 0;
}

int lastScreen(const Options& options) {
  Room room(options);
  Histogram latency;
  CpuTime before;
  Nanos measuredFrom = now() + Nanos(options.warmup * SECOND);
  for (int i = 0; latency.total() < uint64_t(options.count); i++) {
    Nanos sentAt = now();
    if (sentAt < measuredFrom || latency.total() == 0) before = cpuOf(options.pid);
    room.send(sentAt);
    room.drain();
    if (room.delivered < room.expected()) break;
    if (sentAt >= measuredFrom) latency.add(room.lastAt - sentAt);
    // Long enough for any server to be idle again, with some chance in it against rhythms.
    room.clients().pumpUntil(now() + (120 + i % 7 * 11) * MILLISECOND);
  }
  // Of the server's own, whatever else the machine does: for one message to everybody.
  double cpu = (cpuOf(options.pid).sum() - before.sum()) / 1e3 / std::max<double>(1, latency.total());
  printf("{\"p50\":%.2f,\"p99\":%.2f,\"max\":%.2f,\"cpuMilliseconds\":%.2f,\"messages\":%lu,\"lost\":%ld,\"orderErrors\":%lu}\n",
         latency.milliseconds(.5), latency.milliseconds(.99), latency.most(), cpu, latency.total(),
         long(room.expected()) - long(room.delivered), room.orderErrors);
  return 0;
}
