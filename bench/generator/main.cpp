// The load generator of the bench: one thread, so that it fits on one core beside the server's.
#include "loads.hpp"

int main(int argc, char** argv) {
  Options options = readOptions(argc, argv);
  if (options.load == "fan-out") return fanOut(options);
  if (options.load == "last-screen") return lastScreen(options);
  if (options.load == "sends") return sends(options);
  if (options.load == "requests") return requests(options);
  if (options.load == "flood") return flood(options);
  if (options.load == "idle") return idle(options);
  if (options.load == "greetings") return greetings(options);
  if (options.load == "returning") return returning(options);
  if (options.load == "acks") return acks(options);
  if (options.load == "uploads") return uploads(options);
  if (options.load == "download") return download(options);
  fprintf(stderr, "Usage: generator fan-out|last-screen|sends|requests|flood|idle|greetings|"
                  "returning|acks|uploads|download --port N --pid N …\n");
  return 2;
}
