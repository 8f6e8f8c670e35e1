//===- Options.td - The command line of gradc --------------*- tablegen -*-===//

include "llvm/Option/OptParser.td"

/// `--name=value` and `--name value`, with one dash or two.
multiclass Value<string name, OptionGroup group, string metaVar, string help> {
  def _EQ : Joined<["--", "-"], name # "=">, Group<group>,
            MetaVarName<"<" # metaVar # ">">, HelpText<help>;
  def "" : Separate<["--", "-"], name>, Group<group>,
           Alias<!cast<Option>(NAME # "_EQ")>;
}

/// The same, written with one dash.
multiclass ShortValue<string name, OptionGroup group, string metaVar,
                      string help> {
  def _EQ : Joined<["-", "--"], name # "=">, Group<group>,
            MetaVarName<"<" # metaVar # ">">, HelpText<help>;
  def "" : Separate<["-", "--"], name>, Group<group>,
           Alias<!cast<Option>(NAME # "_EQ")>;
}

class Switch<string name, OptionGroup group, string help>
    : Flag<["--", "-"], name>, Group<group>, HelpText<help>;

/// Shown by --help-hidden only.
class Hidden : Flags<[HelpHidden]>;

def later_Group : OptionGroup<"<later>">;

/// An option that a later version will serve; shown nowhere.
class Later<string name, OptionKind kind = KIND_FLAG>
    : Option<["--", "-"], name, kind>, Group<later_Group>, Hidden;

//===----------------------------------------------------------------------===//

def compile_Group : OptionGroup<"<compile>">, HelpText<"COMPILE">;

defm emit : ShortValue<"emit", compile_Group, "stage",
                       "Stop after a stage and print it (default: run)">;
def o : JoinedOrSeparate<["-"], "o">, Group<compile_Group>,
        MetaVarName<"<file>">,
        HelpText<"Write the IR, the predictions or the trained weights there; "
                 "'-' is standard output">;
defm element_type : Value<"element-type", compile_Group, "f32|f64",
                          "Type of all numbers (default: f32; f64 checks, slowly)">;
def O : Joined<["-"], "O">, Group<compile_Group>, MetaVarName<"<0..3>">,
        HelpText<"Optimize that much (default: 2)">;
defm march : ShortValue<"march", compile_Group, "cpu",
                        "native (default), x86-64-v3, ...">;
defm cache : Value<"cache", compile_Group, "dir|off",
                   "Keep compiled code there (default: $GRADC_CACHE_DIR, "
                   "else ~/.cache/gradc)">;
def fsyntax_only : Flag<["-", "--"], "fsyntax-only">, Group<compile_Group>,
                   HelpText<"Check the file, print nothing">;

//===----------------------------------------------------------------------===//

def model_Group : OptionGroup<"<model>">, HelpText<"MODEL">;

def D : JoinedOrSeparate<["-"], "D">, Group<model_Group>,
        MetaVarName<"<param>=<value>">, HelpText<"Set a param of the file">;
defm set : Value<"set", model_Group, "path>=<value",
                 "Set anything else: --set train.clip=\"norm 1.0\"">;
defm with : Value<"with", model_Group, "remedy>,<...",
                  "Change the net: batchnorm, skip, dropout:P, l1:X, l2:X, "
                  "clip:norm:X, an activation, an initializer">;
defm data : Value<"data", model_Group, "path",
                  "A directory: where data files are looked up; a file "
                  "(predict): the samples">;

//===----------------------------------------------------------------------===//

def training_Group : OptionGroup<"<training>">, HelpText<"TRAINING">;

defm epochs : Value<"epochs", training_Group, "N", "Train for N epochs">;
defm steps : Value<"steps", training_Group, "N", "Stop after N steps">;
defm batch : Value<"batch", training_Group, "N", "Samples of a batch">;
defm lr : Value<"lr", training_Group, "X", "Learning rate">;
defm seed : Value<"seed", training_Group, "N",
                  "Seed of the initial weights and of the order of samples">;
defm threads : Value<"threads", training_Group, "N",
                     "Threads that share a step (default: 1)">;
defm weights : Value<"weights", training_Group, "file",
                     "Start from the weights of a .safetensors file">;
def dry_run_EQ : Joined<["--", "-"], "dry-run=">, Group<training_Group>,
                 MetaVarName<"<N>">,
                 HelpText<"Show layers and memory, try N batches (default: 1), "
                          "write nothing">;
def dry_run : Flag<["--", "-"], "dry-run">, Group<training_Group>,
              Alias<dry_run_EQ>, AliasArgs<["1"]>;
defm dump_gradients : Value<"dump-gradients", training_Group, "file",
                            "Write the gradients of the first step, before any "
                            "clip, as .safetensors">;
defm watch : Value<"watch", training_Group, "N",
                   "Record gradients every N steps; 0: never">;
defm fail_on : Value<"fail-on", training_Group, "nan",
                     "Exit with 1 when training diverges">;
defm run_dir : Value<"run-dir", training_Group, "dir",
                     "Where directories of runs are made (default: runs)">;
defm name : Value<"name", training_Group, "run",
                  "Name of the run (default: that of the net and a number)">;

//===----------------------------------------------------------------------===//

def check_Group : OptionGroup<"<check>">, HelpText<"CHECK (gradc check)">;

def all : Switch<"all", check_Group,
                 "Check every element, not 64 of a large parameter">;

//===----------------------------------------------------------------------===//

def dataset_Group : OptionGroup<"<dataset>">, HelpText<"DATA SETS (gradc data)">;

defm count : Value<"count", dataset_Group, "N",
                   "Samples to write for training (default: 60000), and a sixth "
                   "as many for tests">;
def force : Switch<"force", dataset_Group, "Replace files that exist">;

//===----------------------------------------------------------------------===//

def output_Group : OptionGroup<"<output>">, HelpText<"OUTPUT">;

defm progress : Value<"progress", output_Group, "auto|bar|line|none",
                      "auto: a bar on a terminal, one line an epoch otherwise">;
defm color : Value<"color", output_Group, "auto|always|never",
                   "auto heeds NO_COLOR, CLICOLOR_FORCE and TERM=dumb">;
defm log : Value<"log", output_Group, "file|-",
                 "One JSON object an event, a line each">;
defm format : Value<"format", output_Group, "text|json",
                    "Form of diagnostics">;
def q : Flag<["-"], "q">, Group<output_Group>,
        HelpText<"Show warnings and errors only">;
def v : Flag<["-"], "v">, Group<output_Group>,
        HelpText<"Also show what is used and where it was found">;
def time_report : Switch<"time-report", output_Group,
                         "Show where the time until the first step went">;
def version : Switch<"version", output_Group, "Show the version">;
def help : Switch<"help", output_Group, "Show this help">;
def help_hidden : Switch<"help-hidden", output_Group,
                         "Show also the options of LLVM and MLIR">;
def h : Flag<["-"], "h">, Alias<help>;

//===----------------------------------------------------------------------===//
// Handed on to MLIR and LLVM as they are.

def mlir_Group : OptionGroup<"<mlir>">, HelpText<"LLVM AND MLIR">;

def mlir_timing : Flag<["--", "-"], "mlir-timing">, Group<mlir_Group>, Hidden,
                  HelpText<"Time of every pass">;
def mlir_print_ir_after_all
    : Flag<["--", "-"], "mlir-print-ir-after-all">, Group<mlir_Group>, Hidden,
      HelpText<"Print the IR after every pass">;
def mlir_print_ir_tree_dir
    : Joined<["--", "-"], "mlir-print-ir-tree-dir=">, Group<mlir_Group>, Hidden,
      MetaVarName<"<dir>">,
      HelpText<"Write what --mlir-print-ir-after-all prints into files">;
def mlir_pass_statistics
    : Flag<["--", "-"], "mlir-pass-statistics">, Group<mlir_Group>, Hidden,
      HelpText<"Statistics of every pass">;
def mlir_reproducer
    : Joined<["--", "-"], "mlir-pass-pipeline-crash-reproducer=">,
      Group<mlir_Group>, Hidden, MetaVarName<"<file>">,
      HelpText<"Write a failing pipeline with its input there">;
def mlir_other : Joined<["--", "-"], "mlir-">, Group<mlir_Group>, Hidden,
                 MetaVarName<"<option>">, HelpText<"Any other option of MLIR">;
def mllvm : Separate<["-", "--"], "mllvm">, Group<mlir_Group>, Hidden,
            MetaVarName<"<option>">, HelpText<"Any option of LLVM">;

//===----------------------------------------------------------------------===//

def ffast_math : Later<"ffast-math">;
def fcheck_numerics : Later<"fcheck-numerics">;
def Rgradient : Later<"Rgradient">;
def save_temps : Later<"save-temps", KIND_JOINED>;
def W : Later<"W", KIND_JOINED>;
def workers : Later<"workers", KIND_JOINED>;
def resume : Later<"resume", KIND_JOINED>;
def overfit : Later<"overfit", KIND_JOINED>;
def clip : Later<"clip", KIND_JOINED>;
def show : Later<"show", KIND_JOINED>;
def pass_pipeline : Later<"pass-pipeline", KIND_JOINED>;
