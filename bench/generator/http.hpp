// Answers of HTTP/1.1 as they come from a connection, and the requests that bring them.
#pragma once
#include <cstdlib>
#include <string>
#include "options.hpp"

// The value of a header in the head of an answer; the runtime writes names in lower case.
inline std::string fieldOf(const std::string& head, const char* name) {
  size_t at = head.find(std::string("\r\n") + name + ": ");
  if (at == std::string::npos) return "";
  size_t from = at + 4 + std::char_traits<char>::length(name);
  return head.substr(from, head.find("\r\n", from) - from);
}

struct Answer {
  size_t size = 0;  // of the whole; 0 while some of it is missing
  int status = 0;
  std::string tag;
};

// Where the last chunk of a body that begins at `from` ends; 0 while some is missing.
inline size_t endOfChunks(const std::string& text, size_t from) {
  while (true) {
    size_t line = text.find("\r\n", from);
    if (line == std::string::npos) return 0;
    size_t length = strtoul(text.c_str() + from, nullptr, 16);
    from = line + 2 + length + 2;
    if (from > text.size()) return 0;
    if (length == 0) return from;
  }
}

// What stands at the start of `text`.
inline Answer readAnswer(const std::string& text) {
  Answer answer;
  size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return answer;
  std::string head = text.substr(0, end + 2);
  answer.status = strtol(head.c_str() + 9, nullptr, 10);
  answer.tag = fieldOf(head, "etag");
  std::string length = fieldOf(head, "content-length");
  size_t body = end + 4;
  if (answer.status == 304 || answer.status == 204) answer.size = body;
  else if (length.empty()) answer.size = endOfChunks(text, body);
  else if (text.size() >= body + strtoul(length.c_str(), nullptr, 10)) {
    answer.size = body + strtoul(length.c_str(), nullptr, 10);
  }
  return answer;
}

// Without the empty line that ends a head. Who has no token asks as nobody.
inline std::string headOf(const Options& options, const std::string& method,
                          const std::string& path, const Account& account) {
  std::string head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" +
                     std::to_string(options.port) + "\r\n";
  if (account.token.empty()) return head;
  // A post comes from a script, which has no cookie.
  bool browser = !options.cookie.empty() && method == "GET";
  return head + (browser ? "Cookie: " + options.cookie + "=" : "Authorization: Bearer ") +
         account.token + "\r\n";
}

inline std::string pageRequest(const Options& options, const std::string& path,
                               const Account& account, const std::string& tag = "") {
  std::string request = headOf(options, "GET", path, account);
  for (const std::string& line : options.headers) request += line + "\r\n";
  if (!tag.empty()) request += "If-None-Match: " + tag + "\r\n";
  return request + "\r\n";
}

// `text` is a JSON string.
inline std::string postRequest(const Options& options, const Account& account,
                               const std::string& clientId, const std::string& text) {
  std::string path = "/api/rooms/" + std::to_string(account.room) + "/messages";
  std::string body = "{\"clientId\":\"" + clientId + "\",\"text\":" + text + "}";
  return headOf(options, "POST", path, account) +
         "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}
