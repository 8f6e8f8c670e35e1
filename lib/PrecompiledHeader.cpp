//===- PrecompiledHeader.cpp - Owner of the precompiled header ------------===//
