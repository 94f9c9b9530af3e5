/** An address of Terraform without the keys of `count` and `for_each`: `module.a.aws_x.y` of `module.a["k"].aws_x.y[0]`. */
export const withoutKeys = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
