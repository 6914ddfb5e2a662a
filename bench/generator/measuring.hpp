// Time, quantiles, and what the kernel says about the server's process.
#pragma once
#include <sys/resource.h>
#include <time.h>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using Nanos = uint64_t;

constexpr Nanos MILLISECOND = 1'000'000;
constexpr Nanos SECOND = 1'000'000'000;

inline Nanos now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return Nanos(t.tv_sec) * SECOND + t.tv_nsec;
}

// Quantiles in constant memory: 64 steps for each power of two, so that a value is at most 1.6 %
// off; the unit is 0.1 µs.
class Histogram {
 public:
  void add(Nanos value) {
    counts_[slot(value / 100)]++;
    total_++;
    most_ = std::max(most_, value);
  }

  double milliseconds(double quantile) const {
    if (total_ == 0) return 0;
    uint64_t rank = uint64_t(quantile * total_), seen = 0;
    for (size_t i = 0; i < counts_.size(); i++) {
      seen += counts_[i];
      if (seen > rank) return lowest(i) / 1e4;
    }
    return most_ / 1e6;
  }

  double most() const { return most_ / 1e6; }
  uint64_t total() const { return total_; }

 private:
  static size_t slot(uint64_t v) {
    if (v < 64) return v;
    int shift = 63 - __builtin_clzll(v) - 6;
    return (shift + 1) * 64 + ((v >> shift) - 64);
  }

  static double lowest(size_t slot) {
    if (slot < 64) return slot;
    return double((uint64_t(slot % 64) + 64) << (slot / 64 - 1));
  }

  std::vector<uint64_t> counts_ = std::vector<uint64_t>(64 * 48, 0);
  uint64_t total_ = 0;
  Nanos most_ = 0;
};

// Processor time in microseconds. The kernel counts in ticks of 10 ms.
struct CpuTime {
  double user = 0, system = 0;
  double sum() const { return user + system; }
};

// utime and stime of a process, all its threads together (proc(5)).
inline CpuTime cpuOf(int pid) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE* file = fopen(path, "r");
  if (!file) return {};
  size_t n = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[n] = 0;
  char* rest = strrchr(text, ')');
  unsigned long user = 0, system = 0;
  if (rest) {
    sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  }
  return {user * 1e4, system * 1e4};
}

// The same to the nanosecond, without telling user from system: for what takes little.
inline double exactCpuOf(int pid) {
  clockid_t clock;
  timespec t{};
  if (clock_getcpuclockid(pid, &clock) == 0) clock_gettime(clock, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

// Microseconds that each of a process's threads has run, by the name that they go by; finer than
// `cpuOf` (proc(5), schedstat: nanoseconds).
inline std::map<std::string, double> cpuByThread(int pid) {
  std::map<std::string, double> found;
  std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  std::error_code gone;
  for (const auto& task : std::filesystem::directory_iterator(tasks, gone)) {
    std::ifstream comm(task.path() / "comm"), stat(task.path() / "schedstat");
    std::string name;
    double nanos = 0;
    if (std::getline(comm, name) && stat >> nanos) found[name] += nanos / 1e3;
  }
  return found;
}

inline double residentKilobytes(int pid) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE* file = fopen(path, "r");
  if (!file) return 0;
  long kilobytes = 0;
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1) break;
  }
  fclose(file);
  return kilobytes;
}

// Time that a core has spent on anything but idling, in microseconds (proc(5)).
inline double busyOf(int core) {
  FILE* file = fopen("/proc/stat", "r");
  if (!file) return 0;
  char line[512], format[128];
  snprintf(format, sizeof format, "cpu%d %%lu %%lu %%lu %%*u %%*u %%lu %%lu %%lu", core);
  unsigned long user = 0, nice = 0, system = 0, interrupts = 0, soft = 0, stolen = 0;
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, format, &user, &nice, &system, &interrupts, &soft, &stolen) == 6) break;
  }
  fclose(file);
  return (user + nice + system + interrupts + soft + stolen) * 1e4;
}

inline double ownCpu() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}
