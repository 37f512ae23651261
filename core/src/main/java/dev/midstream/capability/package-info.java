/** What a model can do to go on with a broken answer: a table, overrides, and what is learnt at run time. */
@NullMarked
package dev.midstream.capability;

import org.jspecify.annotations.NullMarked;
