/** How a call reads a variable. */
export interface Reader {
  by: string;
  /** Without a default it stops where the variable is not set. */
  isStrict: boolean;
}

/** Calls that read one variable, by what their callee stands for. */
export const CALLS: readonly [RegExp, Reader][] = [
  [/^os\.(?:getenv|environ\.(?:get|pop|setdefault))$/, { by: 'os.getenv', isStrict: false }],
  [/^os\.environ\.__getitem__$/, { by: 'os.environ', isStrict: true }],
  [/^environs?\.(?:Fileaware)?Env\(\)(?:\.\w+)?$/, { by: 'environ.Env', isStrict: true }],
  [/^environs?\.env(?:\.\w+)?$/, { by: 'environ.Env', isStrict: true }],
  [/^decouple\.(?:config|(?:Auto)?Config\(\))$/, { by: 'decouple.config', isStrict: true }],
  [/^starlette\.config\.Config\(\)(?:\.get)?$/, { by: 'starlette.config', isStrict: true }],
  [/^os\.(?:Getenv|LookupEnv)$/, { by: 'os.Getenv', isStrict: false }],
  [/^syscall\.Getenv$/, { by: 'os.Getenv', isStrict: false }],
  [/^github\.com\/spf13\/viper\.(?:BindEnv|MustBindEnv)$/, { by: 'viper', isStrict: false }],
];
/** Methods of an environment that are no reads of one variable. */
export const NO_READ = /\.(?:read_env|read_envfile|prefixed|bool_validator|dump|seal)$/;
