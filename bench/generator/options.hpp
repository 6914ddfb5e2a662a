// The command line: which load, against which server, as whom.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

// How a server takes a message and tells about it.
enum class Dialect {
  confab,    // commands as JSON objects, events as JSON arrays, sessions
  plain,     // the same command, the event as one JSON object; nobody signs in
  socketio,  // Engine.IO 4 packets around the same objects
};

// A client's session and the room that it writes to.
struct Account {
  std::string token;
  int room = 1;
};

struct Options {
  std::string load;
  int port = 0;
  int pid = 0;
  std::string path = "/chat";
  Dialect dialect = Dialect::confab;
  std::vector<Account> accounts;
  int connections = 100;
  int senders = 100;
  double rate = 100;       // messages a second
  int inFlight = 16;       // of each sender
  int count = 50;          // messages, where they go one by one
  double seconds = 4;      // measured
  double warmup = 1;       // before that, not measured
  int padding = 60;        // characters of text after the marker
  bool post = false;
  bool replies = false;    // to the sender's first message, instead of new ones
  std::vector<std::string> paths;
  std::vector<std::string> headers;  // whole lines, of each request that is no post
  std::vector<std::string> texts;    // what posts say, as JSON strings, instead of markers
  std::string cookie;       // by what name browsers bring the session, instead of as a token
  bool turns = false;       // each request by the next account, not each connection by its own
  bool conditional = false; // with the tag of the answer that the account got there before
  bool byCpu = false;       // seconds of the server's CPU: as many on a busy machine
  int postEvery = 0;        // so many requests, the next one is a post
  int burst = 500;          // pages asked for at once
  int bursts = 3;
  uint64_t size = 0;       // bytes of a file
  double pace = 0;         // bytes a second of each upload; 0: as fast as they are taken
  double spread = 0;       // seconds over which the uploads begin for the first time
};

inline std::vector<std::string> readLines(const std::string& file) {
  std::ifstream in(file);
  if (!in) {
    fprintf(stderr, "Cannot read %s\n", file.c_str());
    exit(2);
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline Dialect dialectOf(const std::string& name) {
  if (name == "confab") return Dialect::confab;
  if (name == "plain") return Dialect::plain;
  if (name == "socketio") return Dialect::socketio;
  fprintf(stderr, "Unknown dialect %s\n", name.c_str());
  exit(2);
}

// Lines of "TOKEN ROOM".
inline std::vector<Account> readAccounts(const std::string& file) {
  std::vector<Account> accounts;
  for (const std::string& line : readLines(file)) {
    size_t space = line.find(' ');
    accounts.push_back({line.substr(0, space), std::stoi(line.substr(space + 1))});
  }
  return accounts;
}

inline Options readOptions(int argc, char** argv) {
  Options options;
  if (argc > 1) options.load = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    std::string name = argv[i], value = argv[i + 1];
    if (name == "--port") options.port = stoi(value);
    else if (name == "--pid") options.pid = stoi(value);
    else if (name == "--path") options.path = value;
    else if (name == "--dialect") options.dialect = dialectOf(value);
    else if (name == "--accounts") options.accounts = readAccounts(value);
    else if (name == "--connections") options.connections = stoi(value);
    else if (name == "--senders") options.senders = stoi(value);
    else if (name == "--rate") options.rate = stod(value);
    else if (name == "--in-flight") options.inFlight = stoi(value);
    else if (name == "--count") options.count = stoi(value);
    else if (name == "--seconds") options.seconds = stod(value);
    else if (name == "--warmup") options.warmup = stod(value);
    else if (name == "--padding") options.padding = stoi(value);
    else if (name == "--method") options.post = value == "POST";
    else if (name == "--replies") options.replies = value == "1";
    else if (name == "--size") options.size = std::stoull(value);
    else if (name == "--pace") options.pace = stod(value);
    else if (name == "--spread") options.spread = stod(value);
    else if (name == "--paths") options.paths = readLines(value);
    else if (name == "--headers") options.headers = readLines(value);
    else if (name == "--texts") options.texts = readLines(value);
    else if (name == "--cookie") options.cookie = value;
    else if (name == "--turns") options.turns = value == "1";
    else if (name == "--conditional") options.conditional = value == "1";
    else if (name == "--by-cpu") options.byCpu = value == "1";
    else if (name == "--post-every") options.postEvery = stoi(value);
    else if (name == "--burst") options.burst = stoi(value);
    else if (name == "--bursts") options.bursts = stoi(value);
    else {
      fprintf(stderr, "Unknown option %s\n", name.c_str());
      exit(2);
    }
  }
  return options;
}
