/*
 * fault.h
 *
 * Points at which tests make a process fail.
 */
#ifndef ZM_FAULT_H
#define ZM_FAULT_H

/*
 * Stands where something could end a process: before and after what it
 * commits, and around what has an effect that no transaction holds.  Builds
 * without assertions have none.
 */
#ifdef USE_ASSERT_CHECKING
extern void zm_fault_point(void);
#else
#define zm_fault_point() ((void) 0)
#endif

#endif /* ZM_FAULT_H */
