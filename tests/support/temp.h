// A private folder for one test, gone after it. Any thread. Tests.
#ifndef TESTS_SUPPORT_TEMP_H
#define TESTS_SUPPORT_TEMP_H

// Makes a fresh folder under the system's temporary one; the caller frees the path after
// temp_remove().
char *temp_make(void);
// Removes the folder and all in it.
void temp_remove(const char *path);

#endif
