//===- LowerToLLVM.cpp - Scalars, memory and functions to LLVM ------------===//

#include "gradc/CodeGen/Passes.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/OpenMPToLLVM/ConvertOpenMPToLLVM.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Transforms/DialectConversion.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERTOLLVM
#include "gradc/CodeGen/Passes.h.inc"

/// The address of what a descriptor of whole static memory stands for. Where it
/// was made of an address, that is taken and no descriptor is needed.
static Value getAddress(OpBuilder &builder, Location loc, Value memory) {
  if (auto cast = memory.getDefiningOp<UnrealizedConversionCastOp>())
    if (cast.getInputs().size() == 1 &&
        isa<LLVM::LLVMPointerType>(cast.getInputs()[0].getType()))
      return cast.getInputs()[0];
  return MemRefDescriptor(memory).alignedPtr(builder, loc);
}

/// Whether memory of this type is known by an address alone.
static bool isWhole(MemRefType type) {
  return type.hasStaticShape() && type.getLayout().isIdentity();
}

namespace {
// A deep network's step takes thousands of views only to pass them on. MLIR's
// patterns make of each a descriptor, some ten operations of which a call needs
// one; these make an address of it, and the type converter a descriptor where
// something else asks for one.

struct ViewToAddress : ConvertOpToLLVMPattern<memref::ViewOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult
  matchAndRewrite(memref::ViewOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isWhole(op.getType()) || !isWhole(op.getSource().getType()))
      return failure();
    Value source = getAddress(rewriter, op.getLoc(), adaptor.getSource());
    rewriter.replaceOpWithNewOp<LLVM::GEPOp>(op, source.getType(),
                                             rewriter.getI8Type(), source,
                                             adaptor.getByteShift());
    return success();
  }
};

struct CastToAddress : ConvertOpToLLVMPattern<memref::ReinterpretCastOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult
  matchAndRewrite(memref::ReinterpretCastOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto source = dyn_cast<MemRefType>(op.getSource().getType());
    if (!source || !isWhole(source) || !isWhole(op.getType()) ||
        op.getStaticOffset(0) != 0)
      return failure();
    rewriter.replaceOp(op,
                       getAddress(rewriter, op.getLoc(), adaptor.getSource()));
    return success();
  }
};

/// A single number in memory.
struct LoadFromAddress : ConvertOpToLLVMPattern<memref::LoadOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult
  matchAndRewrite(memref::LoadOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getMemRefType().getRank() != 0 || !isWhole(op.getMemRefType()))
      return failure();
    rewriter.replaceOpWithNewOp<LLVM::LoadOp>(
        op, getTypeConverter()->convertType(op.getType()),
        getAddress(rewriter, op.getLoc(), adaptor.getMemref()));
    return success();
  }
};

struct StoreToAddress : ConvertOpToLLVMPattern<memref::StoreOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult
  matchAndRewrite(memref::StoreOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getMemRefType().getRank() != 0 || !isWhole(op.getMemRefType()))
      return failure();
    rewriter.replaceOpWithNewOp<LLVM::StoreOp>(
        op, adaptor.getValue(),
        getAddress(rewriter, op.getLoc(), adaptor.getMemref()));
    return success();
  }
};

struct CallWithAddresses : ConvertOpToLLVMPattern<func::CallOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult
  matchAndRewrite(func::CallOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (op.getNumResults() != 0)
      return failure();
    SmallVector<Value> operands;
    for (auto [old, converted] :
         llvm::zip_equal(op.getOperands(), adaptor.getOperands()))
      operands.push_back(isa<MemRefType>(old.getType())
                             ? getAddress(rewriter, op.getLoc(), converted)
                             : converted);
    rewriter.replaceOpWithNewOp<LLVM::CallOp>(op, TypeRange(), op.getCallee(),
                                              operands);
    return success();
  }
};

struct LowerToLLVMPass : impl::LowerToLLVMBase<LowerToLLVMPass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    LowerToLLVMOptions options(context);
    options.useBarePtrCallConv = true;
    LLVMTypeConverter types(context, options);
    RewritePatternSet patterns(context);
    arith::populateArithToLLVMConversionPatterns(types, patterns);
    populateMathToLLVMConversionPatterns(types, patterns);
    SymbolTableCollection symbols;
    populateFinalizeMemRefToLLVMConversionPatterns(types, patterns, &symbols);
    populateFuncToLLVMConversionPatterns(types, patterns, &symbols);
    cf::populateControlFlowToLLVMConversionPatterns(types, patterns);
    populateOpenMPToLLVMConversionPatterns(types, patterns);
    patterns.add<ViewToAddress, CastToAddress, LoadFromAddress, StoreToAddress,
                 CallWithAddresses>(types, /*benefit=*/2);
    LLVMConversionTarget target(*context);
    configureOpenMPToLLVMConversionLegality(target, types);
    target.addLegalOp<ModuleOp>();
    ConversionConfig config;
    config.allowPatternRollback = false;
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns), config)))
      return signalPassFailure();
    // A call of what the module alone knows needs no entry for the linker.
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (function.isPrivate() && !function.isExternal())
        function.setLinkage(LLVM::Linkage::Internal);
  }
};
} // namespace
} // namespace gradc
