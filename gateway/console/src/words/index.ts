// SPDX-License-Identifier: Apache-2.0
// Words in both languages, side by side, an area a file: no key can be missing in one of them. A file that is imported
// is known; a page brings its own.
import i18next, { type TOptions } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

export const languages = { 'zh-CN': '中文', en: 'English' } as const
export type Language = keyof typeof languages

const KEPT = 'liangxin.language'

function remembered(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
}

void i18next.use(initReactI18next).init({
  lng: remembered(),
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false }, // React escapes
  resources: {},
})
document.documentElement.lang = remembered()

export function language(): Language {
  return i18next.language as Language
}

export function chooseLanguage(chosen: Language) {
  localStorage.setItem(KEPT, chosen)
  document.documentElement.lang = chosen
  void i18next.changeLanguage(chosen)
}

type Table = Record<string, readonly [zh: string, en: string]>
export interface Area<T extends Table> {
  name: string
  table: T
}

type Translate = (key: string, values: TOptions) => string

/** Declares an area's words, Chinese first. */
export function words<const T extends Table>(name: string, table: T): Area<T> {
  const pick = (at: 0 | 1) => Object.fromEntries(Object.entries(table).map(([key, pair]) => [key, pair[at]]))
  i18next.addResourceBundle('zh-CN', name, pick(0))
  i18next.addResourceBundle('en', name, pick(1))
  return { name, table }
}

/** The words of an area in the language of now; a key that the area does not have does not compile. */
export function useWords<T extends Table>(area: Area<T>) {
  const { t } = useTranslation(area.name)
  return (key: keyof T & string, values: TOptions = {}): string => (t as Translate)(key, values)
}

/** A word by a key that only the server knows (a code it may have learnt since): the code itself when it is new. */
export function wordOr<T extends Table>(area: Area<T>, key: string): string {
  return key in area.table ? i18next.t(key, { ns: area.name }) : key.replace(/^.*\./, '')
}
