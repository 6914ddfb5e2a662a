// Many WebSocket clients on one epoll. They answer what keeps a connection alive, and hand
// everything else to the load.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <functional>
#include <memory>
#include "measuring.hpp"
#include "options.hpp"
#include "websocket.hpp"

struct Client {
  int fd = -1;
  std::string partial;  // the beginning of a frame whose end has not come
  std::string outgoing; // what the kernel did not take yet
  bool partialWrite = false; // the poll waits for room to write
  bool open = true;
};

class Clients {
 public:
  using OnText = std::function<void(int client, const char* data, size_t size, Nanos at)>;

  uint64_t frames = 0, bytes = 0, closed = 0;

  explicit Clients(const Options& options) : options_(options), poll_(epoll_create1(0)) {}

  void connect(OnText onText) {
    onText_ = std::move(onText);
    clients_.resize(options_.connections);
    for (int i = 0; i < options_.connections; i++) open(i);
  }

  int size() const { return clients_.size(); }

  void send(int client, const std::string& text) {
    appendFrame(clients_[client].outgoing, text.data(), text.size());
    flush(client);
  }

  // Reads and writes what can be, waiting at most so long for something to do.
  void pump(Nanos wait) {
    timespec timeout{time_t(wait / SECOND), long(wait % SECOND)};
    int n = epoll_pwait2(poll_, events_, 1024, &timeout, nullptr);
    for (int i = 0; i < n; i++) {
      int client = events_[i].data.u32;
      if (events_[i].events & EPOLLOUT) flush(client);
      if (events_[i].events & ~EPOLLOUT) receive(client);
    }
  }

  void pumpUntil(Nanos end) {
    while (now() < end) pump(std::min(end - now(), 10 * MILLISECOND));
  }

 private:
  void open(int i) {
    static const std::string nobody;
    const std::string& token = options_.accounts.empty()
      ? nobody
      : options_.accounts[i % options_.accounts.size()].token;
    Client& client = clients_[i];
    client.fd = dial(options_.port, options_.path, token);
    if (options_.dialect == Dialect::socketio) {
      std::string join;
      appendFrame(join, "40", 2);
      sendAll(client.fd, join);
    }
    fcntl(client.fd, F_SETFL, O_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = i;
    epoll_ctl(poll_, EPOLL_CTL_ADD, client.fd, &event);
    // So that greetings do not pile up while the others connect.
    if (i % 50 == 49) pump(0);
  }

  void watch(int i, bool writing) {
    epoll_event event{};
    event.events = EPOLLIN | (writing ? EPOLLOUT : 0);
    event.data.u32 = i;
    epoll_ctl(poll_, EPOLL_CTL_MOD, clients_[i].fd, &event);
  }

  void flush(int i) {
    Client& client = clients_[i];
    if (!client.open) return;
    ssize_t n = ::send(client.fd, client.outgoing.data(), client.outgoing.size(),
                       MSG_NOSIGNAL | MSG_DONTWAIT);
    client.outgoing.erase(0, n < 0 ? 0 : n);
    if (client.outgoing.empty() && !client.partialWrite) return;
    client.partialWrite = !client.outgoing.empty();
    watch(i, client.partialWrite);
  }

  void receive(int i) {
    Client& client = clients_[i];
    ssize_t n = recv(client.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (n <= 0) {
      if (n < 0 && errno == EAGAIN) return;
      if (client.open) closed++;
      client.open = false;
      epoll_ctl(poll_, EPOLL_CTL_DEL, client.fd, nullptr);
      return;
    }
    bytes += n;
    Nanos at = now();
    auto each = [&](int opcode, const char* data, size_t size) {
      frames++;
      take(i, opcode, data, size, at);
    };
    if (client.partial.empty()) {
      size_t used = readFrames(buffer_.data(), n, each);
      client.partial.assign(buffer_.data() + used, n - used);
    } else {
      client.partial.append(buffer_.data(), n);
      client.partial.erase(0, readFrames(client.partial.data(), client.partial.size(), each));
    }
  }

  void take(int i, int opcode, const char* data, size_t size, Nanos at) {
    if (opcode == PING) {
      appendFrame(clients_[i].outgoing, data, size, PONG);
      flush(i);
    }
    if (opcode > 2) return;
    if (options_.dialect == Dialect::socketio && size == 1 && *data == '2') return send(i, "3");
    if (options_.dialect == Dialect::confab && asks(data, size)) {
      send(i, "{\"type\":\"pong\"}");
    }
    onText_(i, data, size, at);
  }

  // What is for one connection alone stands before what its room shares: a frame that begins
  // with a message has no ping.
  static bool asks(const char* data, size_t size) {
    static const char message[] = "[{\"type\":\"message\"", ping[] = "{\"type\":\"ping\"}";
    if (size >= sizeof message && memcmp(data, message, sizeof message - 1) == 0) return false;
    return memmem(data, size, ping, sizeof ping - 1) != nullptr;
  }

  const Options& options_;
  int poll_;
  std::vector<Client> clients_;
  OnText onText_;
  epoll_event events_[1024];
  std::vector<char> buffer_ = std::vector<char>(1 << 20);
};
