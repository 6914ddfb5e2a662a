// The messages that a load sends. Each carries a marker in its text, by which every recipient
// knows the sender, the place in the sender's sequence and the time for which it was meant:
//   ~SSSqqqqqqqq:tttttttttttttttttttt   (3 digits, 8 digits, 20 digits of nanoseconds)
#pragma once
#include <cstdio>
#include <cstring>
#include <string>
#include "measuring.hpp"
#include "options.hpp"

constexpr size_t MARKER = 33;

struct Mark {
  unsigned sender;
  uint32_t sequence;
  Nanos intended;
};

inline uint64_t digits(const char* p, int n) {
  uint64_t value = 0;
  for (int i = 0; i < n; i++) value = value * 10 + (p[i] - '0');
  return value;
}

// Calls `each` for every marker of a frame, in order.
template <typename Each>
void readMarks(const char* p, size_t n, Each each) {
  const char* end = p + n;
  while ((p = (const char*)memchr(p, '~', end - p)) && end - p >= ptrdiff_t(MARKER)) {
    each(Mark{unsigned(digits(p + 1, 3)), uint32_t(digits(p + 4, 8)), digits(p + 13, 20)});
    p += MARKER;
  }
}

inline size_t occurrences(const char* p, size_t n, const char* word) {
  size_t length = strlen(word), count = 0;
  const char* end = p + n;
  while ((p = (const char*)memmem(p, end - p, word, length))) {
    count++;
    p += length;
  }
  return count;
}

// 12 hexadecimal digits of time and 20 of chance, as the browser's client makes them.
inline std::string newClientId() {
  static uint64_t state = now() | 1;
  auto chance = [] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned long)(state * 2685821657736338717);
  };
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  unsigned long milliseconds = t.tv_sec * 1000ul + t.tv_nsec / 1000000;
  char text[33];
  snprintf(text, sizeof text, "%012lx%016lx%04lx", milliseconds, chance(), chance() & 0xffff);
  return text;
}

inline std::string textOf(const Mark& mark, int padding) {
  static const char lorem[] =
    " lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua";
  char text[256];
  snprintf(text, sizeof text, "~%03u%08u:%020lu%.*s", mark.sender, mark.sequence, mark.intended,
           std::min(padding, 100), lorem);
  return text;
}

// The command, the same for every server but for its wrapping. `replyTo`: 0 where it is no reply.
inline std::string commandOf(const Options& options, int room, const Mark& mark,
                             uint64_t replyTo = 0) {
  std::string id = newClientId();
  std::string command = "{\"type\":\"send\",\"ref\":\"" + id + "\",\"clientId\":\"" + id +
                        "\",\"room\":" + std::to_string(room) + ",\"text\":\"" +
                        textOf(mark, options.padding) + "\"" +
                        (replyTo == 0 ? "" : ",\"replyTo\":" + std::to_string(replyTo)) + "}";
  return options.dialect == Dialect::socketio ? "42[\"send\"," + command + "]" : command;
}

inline int roomOf(const Options& options, int client) {
  return options.accounts.empty() ? 1 : options.accounts[client % options.accounts.size()].room;
}
