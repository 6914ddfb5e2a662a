// The client's side of RFC 6455, as much as a load needs. Loopback only.
#pragma once
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

constexpr int TEXT = 1, CLOSE = 8, PING = 9, PONG = 10;

// A client's frame is masked. The mask need not be random here: nothing in between is fooled.
inline void appendFrame(std::string& out, const char* data, size_t size, int opcode = TEXT) {
  static const unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
  out.push_back(char(0x80 | opcode));
  if (size < 126) {
    out.push_back(char(0x80 | size));
  } else {
    out.push_back(char(0x80 | 126));
    out.push_back(char(size >> 8));
    out.push_back(char(size & 255));
  }
  out.append((const char*)mask, 4);
  size_t start = out.size();
  out.append(data, size);
  for (size_t i = 0; i < size; i++) out[start + i] ^= mask[i & 3];
}

// Calls `each(opcode, data, size)` for every whole frame; answers how many bytes they took.
template <typename Each>
size_t readFrames(const char* p, size_t n, Each each) {
  size_t offset = 0;
  while (n - offset >= 2) {
    const unsigned char* head = (const unsigned char*)p + offset;
    size_t header = 2;
    uint64_t size = head[1] & 127;
    if (size == 126) {
      if (n - offset < 4) break;
      size = head[2] << 8 | head[3];
      header = 4;
    } else if (size == 127) {
      if (n - offset < 10) break;
      size = 0;
      for (int i = 2; i < 10; i++) size = size << 8 | head[i];
      header = 10;
    }
    if (n - offset < header + size) break;
    each(head[0] & 15, p + offset + header, size);
    offset += header + size;
  }
  return offset;
}

inline int connectTo(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval patience{10, 0};
  int on = 1;
  if (fd < 0) {
    perror("socket");
    exit(2);
  }
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(fd, (sockaddr*)&address, sizeof address) != 0) {
    perror("connect");
    exit(2);
  }
  return fd;
}

inline void sendAll(int fd, const std::string& data) {
  if (send(fd, data.data(), data.size(), MSG_NOSIGNAL) == ssize_t(data.size())) return;
  perror("send");
  exit(2);
}

// The request that opens a WebSocket.
inline std::string handshake(int port, const std::string& path, const std::string& token) {
  std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Version: 13\r\n";
  if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
  return request + "\r\n";
}

// Opens a WebSocket; what the server sends after the upgrade stays unread.
inline int dial(int port, const std::string& path, const std::string& token) {
  int fd = connectTo(port);
  sendAll(fd, handshake(port, path, token));
  std::string head;
  char byte;
  while (head.size() < 8192 && recv(fd, &byte, 1, 0) == 1) {
    head.push_back(byte);
    if (head.size() >= 4 && head.compare(head.size() - 4, 4, "\r\n\r\n") == 0) break;
  }
  if (head.compare(0, 12, "HTTP/1.1 101") != 0) {
    fprintf(stderr, "The upgrade was refused: %s\n", head.c_str());
    exit(2);
  }
  return fd;
}
