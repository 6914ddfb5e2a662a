// A client on its way in, from the first packet to the end of `ready`, without ever waiting for one
// of them: thousands come at once.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include "measuring.hpp"
#include "websocket.hpp"

struct Arriving {
  int fd = -1;
  Nanos since = 0;
  bool upgraded = false;
  std::string read;

  // False where nobody listens.
  bool begin(int port, const std::string& path, const std::string& token) {
    since = now();
    upgraded = false;
    read.clear();
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    if (fd < 0) {
      perror("socket");
      exit(2);
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    request_ = handshake(port, path, token);
    if (connect(fd, (sockaddr*)&address, sizeof address) == 0 || errno == EINPROGRESS) return true;
    end();
    return false;
  }

  bool writes() const { return !request_.empty(); }

  // False where it was refused.
  bool write() {
    ssize_t n = ::send(fd, request_.data(), request_.size(), MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN;
    request_.erase(0, n);
    return true;
  }

  enum class Outcome { more, ready, failed };

  // Reads what there is; `others` gets each frame of text but `ready`.
  template <typename Each>
  Outcome receive(std::vector<char>& buffer, Each others) {
    ssize_t n = recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) return Outcome::more;
    if (n <= 0) return Outcome::failed;
    read.append(buffer.data(), n);
    if (!upgraded && !takeHead()) return read.size() > 8192 ? Outcome::failed : Outcome::more;
    Outcome outcome = Outcome::more;
    size_t used = readFrames(read.data(), read.size(), [&](int code, const char* p, size_t size) {
      static const char ready[] = "[{\"type\":\"ready\"";
      if (code == CLOSE) outcome = Outcome::failed;
      else if (size >= sizeof ready && memcmp(p, ready, sizeof ready - 1) == 0) {
        outcome = Outcome::ready;
        size_ = size;
      } else if (code == TEXT) others(p, size);
    });
    read.erase(0, used);
    return outcome;
  }

  // Bytes of `ready`.
  size_t size() const { return size_; }

  void end() {
    if (fd >= 0) close(fd);
    fd = -1;
  }

 private:
  bool takeHead() {
    size_t at = read.find("\r\n\r\n");
    if (at == std::string::npos) return false;
    upgraded = read.compare(0, 12, "HTTP/1.1 101") == 0;
    read.erase(0, at + 4);
    return upgraded;
  }

  std::string request_;
  size_t size_ = 0;
};
