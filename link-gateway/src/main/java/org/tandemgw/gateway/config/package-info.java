/**
 * The configuration of a site: one file, read into immutable records with all defaults filled and all relations checked, and
 * what {@code tandem check} says about it. Nothing here touches hardware or the network.
 *
 * <p>Reading order: {@link org.tandemgw.gateway.config.SiteConfiguration} (what the file holds),
 * {@link org.tandemgw.gateway.config.ConfigurationFile} (how it is read), {@code Check} (what
 * follows from it).
 */
package org.tandemgw.gateway.config;
