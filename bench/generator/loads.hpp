// Each load runs against one server and prints one line of JSON.
#pragma once
#include "options.hpp"

// Messages at a steady rate into one room; everybody in it counts what comes.
int fanOut(const Options&);
// One message at a time: from sending it to its arrival on the last screen.
int lastScreen(const Options&);
// As many messages as are acknowledged, with a few of each sender under way.
int sends(const Options&);
// The same over HTTP, or pages asked for, each connection waiting for its answer.
int requests(const Options&);
// What others' sends wait while many pages are asked for at once.
int flood(const Options&);
// Connections that do nothing, and the memory that they take.
int idle(const Options&);
// Many who come at once: what each costs until it is greeted, and how long acks take meanwhile.
int greetings(const Options&);
// Many who lose the server and come back, each after their own wait.
int returning(const Options&);
// Messages at a steady rate, each sender in a room of their own, until each has its ack.
int acks(const Options&);
// Files of one size: each connection sends one, and another until the time is over.
int uploads(const Options&);
// One file, to its end.
int download(const Options&);
