// Closed loop: every sender keeps a few messages under way and sends the next with each ack.
#include "clients.hpp"
#include "loads.hpp"
#include "message.hpp"

namespace {

struct Sender {
  std::vector<Nanos> underWay; // when each was sent, oldest first from `first`
  size_t first = 0;
  uint32_t sequence = 0;
  uint64_t root = 0;  // the id of the message to which it replies
};

// The id of the message that an ack names; 0 if it names none.
uint64_t ackedId(const char* p, size_t n) {
  static const char before[] = "\"message\":{\"id\":";
  const char* found = (const char*)memmem(p, n, before, sizeof before - 1);
  return found ? strtoull(found + sizeof before - 1, nullptr, 10) : 0;
}

}  // namespace

int sends(const Options& options) {
  Clients clients(options);
  std::vector<Sender> senders(options.connections);
  Histogram latency;
  uint64_t acks = 0, errors = 0;
  bool sending = false, measuring = false;

  auto send = [&](int i) {
    Sender& sender = senders[i];
    sender.underWay.push_back(now());
    clients.send(i, commandOf(options, roomOf(options, i),
                              {unsigned(i % 1000), sender.sequence++, sender.underWay.back()},
                              sender.root));
  };
  // Acks of one sender come in the order of its messages.
  auto receive = [&](int i, const char* p, size_t n, Nanos at) {
    Sender& sender = senders[i];
    if (options.replies && sender.root == 0) {
      if (const char* ack = (const char*)memmem(p, n, "\"type\":\"ack\"", 12)) {
        sender.root = ackedId(ack, n - (ack - p));
      }
    }
    errors += occurrences(p, n, "{\"type\":\"error\"");
    for (size_t k = occurrences(p, n, "\"type\":\"ack\""); k > 0; k--) {
      acks++;
      Nanos sentAt = sender.underWay[sender.first++];
      if (measuring) latency.add(at - sentAt);
      if (sending) send(i);
    }
  };

  clients.connect(receive);
  clients.pumpUntil(now() + 1500 * MILLISECOND);
  if (options.replies) {
    for (int i = 0; i < clients.size(); i++) send(i);
    clients.pumpUntil(now() + 1500 * MILLISECOND);
    for (const Sender& each : senders) errors += each.root == 0;
  }
  sending = true;
  for (int i = 0; i < clients.size(); i++) {
    for (int k = 0; k < options.inFlight; k++) send(i);
  }
  clients.pumpUntil(now() + Nanos(options.warmup * SECOND));

  measuring = true;
  Nanos from = now();
  CpuTime cpu = cpuOf(options.pid);
  double own = ownCpu();
  uint64_t before = acks;
  clients.pumpUntil(from + Nanos(options.seconds * SECOND));
  double seconds = (now() - from) / 1e9;
  double done = std::max<double>(1, acks - before), percent = (ownCpu() - own) / seconds / 1e4;
  CpuTime end = cpuOf(options.pid);

  sending = measuring = false;
  uint64_t sent = 0;
  for (const Sender& each : senders) sent += each.sequence;
  for (Nanos stop = now() + 5 * SECOND; acks < sent && now() < stop;) clients.pump(MILLISECOND);
  printf(
    "{\"acksPerSecond\":%.0f,\"cpuMicros\":%.2f,\"userMicros\":%.2f,\"systemMicros\":%.2f,"
    "\"cpuPercent\":%.1f,\"generatorPercent\":%.1f,\"p50\":%.2f,\"p99\":%.2f,\"max\":%.1f,"
    "\"sent\":%lu,\"acks\":%lu,\"errors\":%lu,\"closed\":%lu}\n",
    done / seconds, (end.sum() - cpu.sum()) / done, (end.user - cpu.user) / done,
    (end.system - cpu.system) / done, (end.sum() - cpu.sum()) / seconds / 1e4, percent,
    latency.milliseconds(.5), latency.milliseconds(.99), latency.most(), sent, acks, errors,
    clients.closed);
  return 0;
}
