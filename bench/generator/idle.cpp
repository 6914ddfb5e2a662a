// What connections cost that do nothing but stay.
#include "clients.hpp"
#include "loads.hpp"

int idle(const Options& options) {
  Clients clients(options);
  double before = residentKilobytes(options.pid);
  CpuTime cpu = cpuOf(options.pid);
  Nanos start = now();
  clients.connect([](int, const char*, size_t, Nanos) {});
  Nanos connected = now();
  clients.pumpUntil(connected + 3 * SECOND);
  double peak = residentKilobytes(options.pid), connecting = cpuOf(options.pid).sum() - cpu.sum();
  CpuTime quiet = cpuOf(options.pid);
  clients.pumpUntil(now() + Nanos(options.seconds * SECOND));
  double after = residentKilobytes(options.pid);
  printf(
    "{\"connections\":%d,\"kilobytesEach\":%.2f,\"kilobytesEachAtFirst\":%.2f,"
    "\"connectsPerSecond\":%.0f,\"connectCpuMicros\":%.0f,\"idleCpuPercent\":%.1f,"
    "\"closed\":%lu,\"rssMegabytes\":%.0f}\n",
    clients.size(), (after - before) / clients.size(), (peak - before) / clients.size(),
    clients.size() / ((connected - start) / 1e9), connecting / clients.size(),
    (cpuOf(options.pid).sum() - quiet.sum()) / options.seconds / 1e4, clients.closed,
    after / 1024);
  return 0;
}
