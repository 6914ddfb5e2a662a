// Open loop: messages at a steady rate, each sender in their own room, until each has its ack. A
// slow server does not slow the senders: latency counts from when a message was meant to be sent.
#include <deque>
#include "clients.hpp"
#include "loads.hpp"
#include "message.hpp"

int acks(const Options& options) {
  Clients clients(options);
  std::vector<std::deque<Nanos>> underWay(options.connections);
  std::vector<uint32_t> sequence(options.connections, 0);
  Histogram latency;
  uint64_t sent = 0, acked = 0, errors = 0;
  Nanos measuredFrom = ~0ull, measuredTo = 0;

  // Acks of one sender come in the order of its messages.
  clients.connect([&](int i, const char* p, size_t n, Nanos at) {
    errors += occurrences(p, n, "{\"type\":\"error\"");
    for (size_t k = occurrences(p, n, "\"type\":\"ack\""); k > 0; k--) {
      if (underWay[i].empty()) return void(errors++);
      Nanos intended = underWay[i].front();
      underWay[i].pop_front();
      acked++;
      if (intended >= measuredFrom && intended < measuredTo) latency.add(at - intended);
    }
  });
  clients.pumpUntil(now() + 1500 * MILLISECOND);

  Nanos start = now(), gap = SECOND / options.rate;
  measuredFrom = start + Nanos(options.warmup * SECOND);
  measuredTo = measuredFrom + Nanos(options.seconds * SECOND);
  CpuTime cpu{};
  bool measuring = false;
  while (now() < measuredTo) {
    if (!measuring && now() >= measuredFrom) {
      measuring = true;
      cpu = cpuOf(options.pid);
    }
    Nanos next = start + sent * gap, t = now();
    if (next > t) {
      clients.pump(std::min(next - t, 10 * MILLISECOND));
      continue;
    }
    int i = sent++ % options.connections;
    underWay[i].push_back(next);
    clients.send(i, commandOf(options, roomOf(options, i), {unsigned(i), sequence[i]++, next}));
  }
  CpuTime end = cpuOf(options.pid);
  for (Nanos stop = now() + 10 * SECOND; acked < sent && now() < stop;) clients.pump(MILLISECOND);
  printf(
    "{\"p50\":%.2f,\"p99\":%.2f,\"max\":%.1f,\"cpuPercent\":%.1f,\"sent\":%lu,\"acks\":%lu,"
    "\"errors\":%lu,\"closed\":%lu}\n",
    latency.milliseconds(.5), latency.milliseconds(.99), latency.most(),
    (end.sum() - cpu.sum()) / options.seconds / 1e4, sent, acked, errors, clients.closed);
  return 0;
}
