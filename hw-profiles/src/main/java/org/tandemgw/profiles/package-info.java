/** Hardware profiles: what is known, and what is only assumed, of ACDs, trunk switches and servers, as YAML data. */
package org.tandemgw.profiles;
