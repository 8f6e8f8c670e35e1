//===- DigitShapes.cpp - How people write digits --------------------------===//
//
// A curve runs smoothly through the points of a stroke. A corner is a new
// stroke that begins where the last one ended.
//
//===----------------------------------------------------------------------===//

#include "DigitShapes.h"

using namespace llvm;

namespace gradc::data {

static constexpr PenPoint up = {-1, -1};

// A ring; a ring begun on its right that crosses its own start.
static constexpr PenPoint zeroRing[] = {{.50, .00}, {.28, .14}, {.20, .50},
                                        {.28, .86}, {.50, 1.0}, {.72, .86},
                                        {.80, .50}, {.72, .14}, {.50, .00}};
static constexpr PenPoint zeroTail[] = {
    {.68, .10}, {.46, .00}, {.28, .20}, {.22, .56}, {.34, .92},
    {.54, 1.0}, {.74, .78}, {.78, .40}, {.64, .10}, {.44, .08}};
// A bar; with an upstroke; with an upstroke and a foot.
static constexpr PenPoint oneBar[] = {{.50, .00}, {.50, .50}, {.50, 1.0}};
static constexpr PenPoint oneFlag[] = {{.30, .24}, {.52, .00}, up,
                                       {.52, .00}, {.52, .50}, {.52, 1.0}};
static constexpr PenPoint oneFoot[] = {{.32, .22}, {.52, .00}, up,
                                       {.52, .00}, {.52, .50}, {.52, 1.0},
                                       up,         {.30, 1.0}, {.74, 1.0}};
// With a straight foot; with a loop.
static constexpr PenPoint twoFoot[] = {
    {.22, .25}, {.34, .06}, {.56, .00}, {.75, .12}, {.75, .34}, {.60, .58},
    {.38, .80}, {.20, 1.0}, up,         {.20, 1.0}, {.50, .98}, {.82, 1.0}};
static constexpr PenPoint twoLoop[] = {
    {.22, .18}, {.46, .00}, {.72, .10}, {.72, .36}, {.50, .72},
    {.28, .96}, {.18, .88}, {.32, .78}, {.56, .94}, {.86, .96}};
// Two bows; with a flat top.
static constexpr PenPoint threeBows[] = {
    {.24, .12}, {.46, .00}, {.70, .08}, {.72, .30}, {.56, .44}, {.42, .47}, up,
    {.42, .47}, {.66, .53}, {.80, .72}, {.70, .93}, {.45, 1.0}, {.20, .88}};
static constexpr PenPoint threeFlat[] = {
    {.22, .00}, {.76, .00}, up,         {.76, .00}, {.48, .40}, up,
    {.48, .40}, {.72, .50}, {.80, .74}, {.66, .96}, {.40, 1.0}, {.20, .90}};
// Open; closed.
static constexpr PenPoint fourOpen[] = {{.28, .00}, {.24, .28}, {.20, .56}, up,
                                        {.20, .56}, {.50, .56}, {.84, .52}, up,
                                        {.68, .08}, {.66, .52}, {.62, 1.0}};
static constexpr PenPoint fourClosed[] = {
    {.62, .00}, {.40, .30}, {.16, .64}, up,         {.16, .64},
    {.86, .64}, up,         {.62, .00}, {.62, .50}, {.62, 1.0}};
// With corners; in one sweep.
static constexpr PenPoint fiveCorners[] = {
    {.76, .00}, {.30, .02}, up,         {.30, .02}, {.26, .42},
    up,         {.26, .42}, {.50, .34}, {.74, .46}, {.78, .70},
    {.62, .94}, {.40, 1.0}, {.20, .90}};
static constexpr PenPoint fiveSweep[] = {{.78, .02}, {.52, .02}, {.32, .10},
                                         {.30, .38}, {.56, .42}, {.77, .60},
                                         {.70, .88}, {.46, 1.0}, {.22, .92}};
// Bent; with a long straight stem.
static constexpr PenPoint sixBent[] = {
    {.70, .02}, {.46, .14}, {.28, .44}, {.22, .72}, {.34, .96}, {.56, 1.0},
    {.76, .86}, {.74, .64}, {.54, .54}, {.34, .62}, {.25, .78}};
static constexpr PenPoint sixStem[] = {{.46, .00}, {.34, .32}, {.25, .70},
                                       {.34, .95}, {.54, 1.0}, {.72, .88},
                                       {.68, .68}, {.48, .62}, {.28, .76}};
// Plain; with a bar.
static constexpr PenPoint sevenPlain[] = {{.20, .02}, {.78, .00}, up,
                                          {.78, .00}, {.58, .42}, {.42, 1.0}};
static constexpr PenPoint sevenBar[] = {{.20, .04}, {.78, .00}, up,
                                        {.78, .00}, {.58, .46}, {.44, 1.0},
                                        up,         {.34, .52}, {.76, .48}};
// In one stroke; as two rings.
static constexpr PenPoint eightStroke[] = {
    {.68, .10}, {.48, .00}, {.28, .12}, {.32, .34}, {.52, .48},
    {.74, .68}, {.70, .92}, {.46, 1.0}, {.24, .88}, {.28, .66},
    {.50, .46}, {.68, .30}, {.70, .10}};
static constexpr PenPoint eightRings[] = {
    {.50, .00}, {.30, .10}, {.30, .34}, {.50, .45}, {.70, .34},
    {.70, .10}, {.50, .00}, up,         {.50, .45}, {.24, .60},
    {.26, .90}, {.50, 1.0}, {.74, .90}, {.76, .60}, {.50, .45}};
// With a straight stem; with a bent one.
static constexpr PenPoint nineStem[] = {
    {.74, .22}, {.58, .00}, {.32, .08}, {.25, .30}, {.38, .48}, {.60, .44},
    {.74, .22}, up,         {.74, .14}, {.72, .55}, {.64, 1.0}};
static constexpr PenPoint nineBent[] = {
    {.74, .20}, {.56, .00}, {.32, .08}, {.25, .32}, {.40, .50}, {.62, .44},
    {.74, .20}, up,         {.74, .20}, {.76, .56}, {.64, .90}, {.34, 1.0}};

ArrayRef<ArrayRef<PenPoint>> getDigitShapes(int digit) {
  static const ArrayRef<PenPoint> zero[] = {zeroRing, zeroTail},
                                  one[] = {oneBar, oneFlag, oneFoot},
                                  two[] = {twoFoot, twoLoop},
                                  three[] = {threeBows, threeFlat},
                                  four[] = {fourOpen, fourClosed},
                                  five[] = {fiveCorners, fiveSweep},
                                  six[] = {sixBent, sixStem},
                                  seven[] = {sevenPlain, sevenBar},
                                  eight[] = {eightStroke, eightRings},
                                  nine[] = {nineStem, nineBent};
  static const ArrayRef<ArrayRef<PenPoint>> all[] = {
      zero, one, two, three, four, five, six, seven, eight, nine};
  return all[digit];
}

} // namespace gradc::data
